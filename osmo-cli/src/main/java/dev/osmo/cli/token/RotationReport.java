package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.SecretOption;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.NewTokenFile;
import dev.osmo.cli.session.RotatedToken;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/**
 * Prints the result of a rotation. Guarantees: a new secret that could not be stored is printed, so
 * that it is not lost, and the command still fails.
 */
@Singleton
class RotationReport {
  private final Terminal terminal;
  private final Output output;
  private final Environment environment;

  RotationReport(Terminal terminal, Output output, Environment environment) {
    this.environment = environment;
    this.terminal = terminal;
    this.output = output;
  }

  void print(RotatedToken rotated, SecretOption option) {
    terminal.willPrintOnlyCopy(
        rotated.place() == RotatedToken.Place.SAVED_CONTEXT && rotated.unsaved().isEmpty()
            ? "The context on this machine has the new secret."
            : "Nobody has the new secret. To replace it, rotate again: osmo token rotate "
                + rotated.response().path("token_name").asText("<name>"));
    output.print(
        option,
        Document.ofChange(rotated.response()),
        () -> Lines.of(rotated.secret()),
        () ->
            Lines.of(
                "Note: Save the token in a secure location as it will not be shown again",
                "Access token: " + rotated.secret(),
                oldSecret(rotated)));
    reportContext(rotated, false);
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
    reportContext(rotated, isOfTheEnvironment(name));
  }

  /** Whether the environment's token is in this file, which now has the new one. */
  private boolean isOfTheEnvironment(String file) {
    return environment
        .variable("OSMO_TOKEN_FILE")
        .map(environment::path)
        .map(Path::toAbsolutePath)
        .filter(environment.path(file).toAbsolutePath()::equals)
        .isPresent();
  }

  private void reportContext(RotatedToken rotated, boolean environmentHasIt) {
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
      case ENVIRONMENT -> {
        if (!environmentHasIt) {
          terminal.message(
              "Warning: The environment still has the old token, which expires at "
                  + oldExpiry(rotated)
                  + " (UTC).");
        }
      }
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
