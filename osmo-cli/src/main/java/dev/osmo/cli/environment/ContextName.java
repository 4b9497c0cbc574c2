package dev.osmo.cli.environment;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.util.regex.Pattern;

/** What a user calls one login: a server with an identity on it. Names sort as text. */
public record ContextName(String text) implements Comparable<ContextName> {
  private static final Pattern SHAPE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}");

  // After the shape, which its constructor needs.
  public static final ContextName DEFAULT = new ContextName("default");

  public ContextName {
    if (!SHAPE.matcher(text).matches()) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "'" + text + "' cannot be the name of a context",
          "Start with a letter or digit; '-', '_' and '.' may follow; at most 64 characters.");
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
