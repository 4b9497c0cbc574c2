package dev.osmo.cli.token;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.util.regex.Pattern;

/**
 * A valid token name, checked here to save a request. A token's id {@code pat_…} and {@code self}
 * have the same format.
 */
record TokenName(String text) {
  private static final Pattern SHAPE = Pattern.compile("[a-zA-Z]([a-zA-Z0-9_-]*[a-zA-Z0-9])?");

  TokenName {
    if (!SHAPE.matcher(text).matches()) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Token name " + text + " must match regex ^" + SHAPE + "$",
          "Start with a letter and end with a letter or digit. '-' and '_' are allowed in between.");
    }
  }
}
