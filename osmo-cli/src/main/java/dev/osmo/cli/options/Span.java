package dev.osmo.cli.options;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A duration in the server's format: minutes, hours, days or weeks as in {@code 30m}, {@code 12h},
 * {@code 90d} or {@code 2w}, or {@code P90D}.
 */
public record Span(String text) {
  private static final Pattern SHAPE = Pattern.compile("[0-9]{1,5}[mhdw]|P[0-9DTHMS.]{1,20}");

  @Override
  public String toString() {
    return text;
  }

  /** Parses the option. */
  public static class Typed implements ITypeConverter<Span> {
    @Override
    public Span convert(String text) {
      if (!SHAPE.matcher(text).matches()) {
        throw new TypeConversionException(
            "Invalid duration: " + text + ". Examples: 30m, 12h, 90d, 2w, P90D");
      }
      return new Span(text);
    }
  }
}
