package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.SecretOption;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.NewTokenFile;
import dev.osmo.cli.session.RotatedToken;
import jakarta.inject.Singleton;

/**
 * Prints the result of a rotation. Guarantees: a new secret that could not be stored is printed, so
 * that it is not lost, and the command still fails.
 */
@Singleton
class RotationReport {
  private final Terminal terminal;
  private final Output output;

  RotationReport(Terminal terminal, Output output) {
    this.terminal = terminal;
    this.output = output;
  }

  void print(RotatedToken rotated, SecretOption option) {
    terminal.willPrintOnlyCopy();
    output.print(
        option,
        Document.ofChange(rotated.response()),
        () -> Lines.of(rotated.secret()),
        () ->
            Lines.of(
                "Note: Save the token in a secure location as it will not be shown again",
                "Access token: " + rotated.secret(),
                oldSecret(rotated)));
    reportContext(rotated);
  }

  /** Writes the new secret to the file; the output does not contain it. */
  void write(RotatedToken rotated, NewTokenFile file, String name, SecretOption option) {
    try {
      file.put(rotated);
    } catch (Failure unwritten) {
      print(rotated, option);
      throw unwritten;
    }
    ObjectNode response = rotated.response().deepCopy();
    response.remove("token");
    response.put("token_file", name);
    output.print(
        option,
        Document.ofChange(response),
        Lines::of,
        () -> Lines.of("Token written to " + name, oldSecret(rotated)));
    reportContext(rotated);
  }

  private void reportContext(RotatedToken rotated) {
    rotated
        .unsaved()
        .ifPresent(
            failure -> {
              throw failure.withNextStep(
                  "Log in with the new token before "
                      + oldExpiry(rotated)
                      + " (UTC), when the old secret expires.");
            });
    switch (rotated.place()) {
      case SAVED_CONTEXT -> terminal.message("The context on this machine now has the new token.");
      case ENVIRONMENT ->
          terminal.message(
              "Warning: The environment still has the old token, which expires at "
                  + oldExpiry(rotated)
                  + " (UTC).");
      case ELSEWHERE -> {}
    }
  }

  private static String oldSecret(RotatedToken rotated) {
    return "Old secret valid until (UTC): " + oldExpiry(rotated);
  }

  private static String oldExpiry(RotatedToken rotated) {
    return TokenDetails.time(rotated.response(), "old_secret_valid_until");
  }
}
