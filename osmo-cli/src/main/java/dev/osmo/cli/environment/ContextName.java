package dev.osmo.cli.environment;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.util.regex.Pattern;

/** The name of a context: a server and an access token for it. Names sort as text. */
public record ContextName(String text) implements Comparable<ContextName> {
  private static final Pattern SHAPE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}");

  // After the pattern, which its constructor needs.
  public static final ContextName DEFAULT = new ContextName("default");

  public ContextName {
    if (!SHAPE.matcher(text).matches()) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "'" + text + "' is not a valid context name",
          "Use letters, digits, '-', '_' and '.', start with a letter or digit, at most 64 characters.");
    }
  }

  @Override
  public int compareTo(ContextName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
