package dev.osmo.cli.signin;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.Problem;

/** Refusals of the token endpoint, each with the next step. */
final class SignInRefused {
  /** The person has pressed "cancel", or the provider does not let the person in. */
  private static final String DENIED = "sign-in-denied";

  private SignInRefused() {}

  static Failure because(Problem problem) {
    Failure failure = problem.asFailure();
    if (problem.name().equals(DENIED)) {
      return failure
          .withExitCode(ExitCode.NOT_AUTHENTICATED)
          .withNextStep("If you did not deny it, ask an administrator of the server.");
    }
    return switch (problem.type()) {
      case "access_denied" ->
          failure
              .withExitCode(ExitCode.FORBIDDEN)
              .withNextStep("Ask an administrator of the server.");
      case "invalid_grant", "expired_token" ->
          failure
              .withExitCode(ExitCode.NOT_AUTHENTICATED)
              .withNextStep("Sign in again: osmo login <url>");
      default -> failure;
    };
  }
}
