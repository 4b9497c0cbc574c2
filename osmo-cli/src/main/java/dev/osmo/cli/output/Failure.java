package dev.osmo.cli.output;

import java.io.Serializable;
import java.util.Optional;

/**
 * A command that cannot go on: what happened, what to do next, and how the shell learns of it.
 * Thrown anywhere, printed in one place. Holds no secret: the text may end in a terminal or a build
 * log.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the server said of it, as far as there was one. */
  private record Answer(int status, String requestId, boolean ofDeadToken) implements Serializable {
    static final Answer NONE = new Answer(0, "", false);
  }

  private final ExitCode exitCode;
  private final String nextStep;
  private final Answer answer;

  private Failure(ExitCode exitCode, String what, String nextStep, Answer answer) {
    super(what);
    this.exitCode = exitCode;
    this.nextStep = nextStep;
    this.answer = answer;
  }

  /**
   * A failure of which no server said anything.
   *
   * @param what one sentence without its full stop
   * @param nextStep what to type or check now, or empty when nothing helps
   */
  public static Failure of(ExitCode exitCode, String what, String nextStep) {
    return new Failure(exitCode, what, nextStep, Answer.NONE);
  }

  public Failure withRequestId(Optional<String> id) {
    return with(new Answer(answer.status(), id.orElse(""), answer.ofDeadToken()));
  }

  public Failure withStatus(int status) {
    return with(new Answer(status, answer.requestId(), answer.ofDeadToken()));
  }

  /** The same with better advice. */
  public Failure withNextStep(String other) {
    return new Failure(exitCode, what(), other, answer);
  }

  public Failure withExitCode(ExitCode other) {
    return new Failure(other, what(), nextStep, answer);
  }

  /** The same, said by the server of a token that will never work again. */
  public Failure ofDeadToken() {
    return with(new Answer(answer.status(), answer.requestId(), true));
  }

  private Failure with(Answer other) {
    return new Failure(exitCode, what(), nextStep, other);
  }

  public boolean isOfDeadToken() {
    return answer.ofDeadToken();
  }

  /** Of the server's answer; 0 when there was none. */
  public int status() {
    return answer.status();
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public String what() {
    return String.valueOf(getMessage());
  }

  public Optional<String> nextStep() {
    return Optional.of(nextStep).filter(step -> !step.isBlank());
  }

  public Optional<String> requestId() {
    return Optional.of(answer.requestId()).filter(id -> !id.isBlank());
  }
}
