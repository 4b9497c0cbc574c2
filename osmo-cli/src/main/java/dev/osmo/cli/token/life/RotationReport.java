package dev.osmo.cli.token.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.options.SecretOption;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.life.NewTokenFile;
import dev.osmo.cli.session.life.RotatedToken;
import jakarta.inject.Singleton;

/**
 * What a rotation prints. Promise: a new secret that could not be saved where it belongs is
 * printed, so that it is not lost, and the failure still ends the command.
 */
@Singleton
class RotationReport {
  private final Terminal terminal;

  RotationReport(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(RotatedToken rotated, SecretOption output) {
    terminal.printsTheOnlyCopy();
    if (output.isJson()) {
      terminal.block(Json.indented(output.chosen(rotated.answer()), 2));
    } else if (output.isQuiet()) {
      terminal.line(rotated.secret());
    } else {
      terminal.line("Note: Save the token in a secure location as it will not be shown again");
      terminal.line("Access token: " + rotated.secret());
      terminal.line("Old secret valid until (UTC): " + oldEnd(rotated));
    }
    tellAboutTheLogin(rotated);
  }

  /** With the secret in its file, nothing printed holds it. */
  void put(RotatedToken rotated, NewTokenFile place, String name, SecretOption output) {
    try {
      place.put(rotated);
    } catch (Failure unwritten) {
      print(rotated, output);
      throw unwritten;
    }
    if (output.isJson()) {
      ObjectNode answer = rotated.answer().deepCopy();
      answer.remove("token");
      answer.put("token_file", name);
      terminal.block(Json.indented(output.chosen(answer), 2));
    } else if (!output.isQuiet()) {
      terminal.line("Token written to " + name);
      terminal.line("Old secret valid until (UTC): " + oldEnd(rotated));
    }
    tellAboutTheLogin(rotated);
  }

  private void tellAboutTheLogin(RotatedToken rotated) {
    rotated
        .unsaved()
        .ifPresent(
            failure -> {
              throw failure.withNextStep(
                  "Log in with the new token before "
                      + oldEnd(rotated)
                      + " (UTC), when the old secret ends.");
            });
    switch (rotated.place()) {
      case SAVED_LOGIN -> terminal.talk("The login on this machine holds the new token now.");
      case ENVIRONMENT ->
          terminal.talk(
              "Warning: The environment still holds the old token, which works until "
                  + oldEnd(rotated)
                  + " (UTC).");
      case ELSEWHERE -> {}
    }
  }

  private static String oldEnd(RotatedToken rotated) {
    return ShownToken.time(rotated.answer(), "old_secret_valid_until");
  }
}
