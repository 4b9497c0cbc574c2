package dev.osmo.cli.options;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time as the server reads it: {@code 90d}, {@code 12h} or {@code P90D}. */
public record Span(String text) {
  private static final Pattern SHAPE = Pattern.compile("[0-9]{1,5}[dh]|P[0-9DTHMS.]{1,20}");

  @Override
  public String toString() {
    return text;
  }

  /** Reads what was typed. */
  public static class Typed implements ITypeConverter<Span> {
    @Override
    public Span convert(String text) {
      if (!SHAPE.matcher(text).matches()) {
        throw new TypeConversionException(
            "Invalid duration: " + text + ". Write it like 90d, 12h or P90D");
      }
      return new Span(text);
    }
  }
}
