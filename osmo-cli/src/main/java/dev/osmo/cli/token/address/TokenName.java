package dev.osmo.cli.token.address;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.util.regex.Pattern;

/**
 * A token's name as the server accepts it, checked here to save a request. The other two ways to
 * address a token, its id {@code pat_…} and {@code self}, have the shape of a name, too.
 */
public record TokenName(String text) {
  private static final Pattern SHAPE = Pattern.compile("[a-zA-Z]([a-zA-Z0-9_-]*[a-zA-Z0-9])?");

  public TokenName {
    if (!SHAPE.matcher(text).matches()) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Token name " + text + " must match regex ^" + SHAPE + "$",
          "Start with a letter, end with a letter or digit; '-' and '_' may stand between.");
    }
  }
}
