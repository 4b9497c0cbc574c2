package dev.osmo.cli.options;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration in the server's format: {@code 90d}, {@code 12h} or {@code P90D}. */
public record Span(String text) {
  private static final Pattern SHAPE = Pattern.compile("[0-9]{1,5}[dh]|P[0-9DTHMS.]{1,20}");

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
            "Invalid duration: " + text + ". Examples: 90d, 12h, P90D");
      }
      return new Span(text);
    }
  }
}
