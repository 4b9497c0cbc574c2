package dev.osmo.cli.renewal;

import dev.osmo.cli.listen.Answer;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.time.Duration;

/** Why a program on this machine gets no JWT, as a problem document. */
public final class NoJwt {
  private static final long RETRY_SECONDS = 5;

  private NoJwt() {}

  /**
   * 400 for rights that the server refuses or a life that no JWT has, 502 for a refused token, 503
   * for what may pass.
   */
  public static Answer answer(Failure failure) {
    if (failure.exitCode() == ExitCode.USER_ERROR && failure.status() == 400) {
      return Answer.problem(400, "rights-refused", failure.what());
    }
    return failure.exitCode() == ExitCode.NOT_AUTHENTICATED
        ? Answer.problem(502, "token-refused", "The server refuses the token: " + failure.what())
        : Answer.problem(503, "no-jwt", "There is no JWT: " + failure.what())
            .with("Retry-After", Long.toString(retryAfter(failure)));
  }

  private static long retryAfter(Failure failure) {
    return failure.retryAfter().map(Duration::toSeconds).orElse(RETRY_SECONDS);
  }
}
