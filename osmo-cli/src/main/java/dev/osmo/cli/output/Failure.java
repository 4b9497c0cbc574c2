package dev.osmo.cli.output;

import java.util.Optional;

/**
 * A command that cannot go on: what happened, what to do next, and how the shell learns of it.
 * Thrown anywhere, printed in one place. Holds no secret: the text may end in a terminal or a build
 * log.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String nextStep;
  private final String requestId;
  private final boolean ofDeadToken;

  private Failure(
      ExitCode exitCode, String what, String nextStep, String requestId, boolean ofDeadToken) {
    super(what);
    this.exitCode = exitCode;
    this.nextStep = nextStep;
    this.requestId = requestId;
    this.ofDeadToken = ofDeadToken;
  }

  /**
   * A failure of which the server gave no request id.
   *
   * @param what one sentence without its full stop
   * @param nextStep what to type or check now, or empty when nothing helps
   */
  public static Failure of(ExitCode exitCode, String what, String nextStep) {
    return new Failure(exitCode, what, nextStep, "", false);
  }

  public Failure withRequestId(Optional<String> id) {
    return new Failure(exitCode, what(), nextStep, id.orElse(""), ofDeadToken);
  }

  /** The same with better advice. */
  public Failure withNextStep(String other) {
    return new Failure(exitCode, what(), other, requestId, ofDeadToken);
  }

  public Failure withExitCode(ExitCode other) {
    return new Failure(other, what(), nextStep, requestId, ofDeadToken);
  }

  /** The same, said by the server of a token that will never work again. */
  public Failure ofDeadToken() {
    return new Failure(exitCode, what(), nextStep, requestId, true);
  }

  public boolean isOfDeadToken() {
    return ofDeadToken;
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
    return Optional.of(requestId).filter(id -> !id.isBlank());
  }
}
