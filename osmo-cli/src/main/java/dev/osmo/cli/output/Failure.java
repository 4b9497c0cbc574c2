package dev.osmo.cli.output;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * The failure of a command: what happened, what to do next, and the exit code. Thrown anywhere,
 * printed in one place. Contains no secret, because the text may appear in a build log.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the server reported, if it was involved. */
  private record Response(
      int status, String requestId, boolean tokenUnusable, String denial, Duration retryAfter)
      implements Serializable {
    static final Response NONE = new Response(0, "", false, "", Duration.ZERO);
  }

  private final ExitCode exitCode;
  private final String nextStep;
  private final Response response;

  private Failure(ExitCode exitCode, String what, String nextStep, Response response) {
    super(what);
    this.exitCode = exitCode;
    this.nextStep = nextStep;
    this.response = response;
  }

  /**
   * A failure that no server reported.
   *
   * @param what one sentence without its full stop
   * @param nextStep what to type or check next, or empty
   */
  public static Failure of(ExitCode exitCode, String what, String nextStep) {
    return new Failure(exitCode, what, nextStep, Response.NONE);
  }

  public Failure withRequestId(Optional<String> id) {
    return with(
        new Response(
            response.status(),
            id.orElse(""),
            response.tokenUnusable(),
            response.denial(),
            response.retryAfter()));
  }

  public Failure withStatus(int status) {
    return with(
        new Response(
            status,
            response.requestId(),
            response.tokenUnusable(),
            response.denial(),
            response.retryAfter()));
  }

  /** The same with another explanation. */
  public Failure withWhat(String other) {
    return new Failure(exitCode, other, nextStep, response);
  }

  /** The same with another next step. */
  public Failure withNextStep(String other) {
    return new Failure(exitCode, what(), other, response);
  }

  public Failure withExitCode(ExitCode other) {
    return new Failure(other, what(), nextStep, response);
  }

  /** The same, for a token that will never work again. */
  public Failure withTokenUnusable() {
    return with(
        new Response(
            response.status(),
            response.requestId(),
            true,
            response.denial(),
            response.retryAfter()));
  }

  /** The same with the server's explanation. */
  public Failure withDenial(Denial denial) {
    return with(
        new Response(
            response.status(),
            response.requestId(),
            response.tokenUnusable(),
            denial.text(),
            response.retryAfter()));
  }

  /** The same with the pause that the server requests. */
  public Failure withRetryAfter(Duration pause) {
    return with(
        new Response(
            response.status(),
            response.requestId(),
            response.tokenUnusable(),
            response.denial(),
            pause));
  }

  /** The pause that the server requests before another attempt. */
  public Optional<Duration> retryAfter() {
    return Optional.of(response.retryAfter()).filter(Duration::isPositive);
  }

  /** The server's explanation of a refusal, if it gave one. */
  public Optional<Denial> denial() {
    return Denial.parse(response.denial());
  }

  private Failure with(Response other) {
    return new Failure(exitCode, what(), nextStep, other);
  }

  public boolean isTokenUnusable() {
    return response.tokenUnusable();
  }

  /** The HTTP status; 0 without a response. */
  public int status() {
    return response.status();
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
    return Optional.of(response.requestId()).filter(id -> !id.isBlank());
  }
}
