package dev.osmo.cli.options;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.Temporal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A valid calendar date, written YYYY-MM-DD, or an instant with a time zone. The server defines
 * what a date means.
 */
public record Moment(String text) {
  @Override
  public String toString() {
    return text;
  }

  /** Parses the option. */
  public static class Typed implements ITypeConverter<Moment> {
    @Override
    public Moment convert(String text) {
      try {
        return new Moment(parsed(text).toString());
      } catch (DateTimeException malformed) {
        throw new TypeConversionException(
            "Invalid date format: "
                + text
                + ". Write it as YYYY-MM-DD, for example 2027-01-01, or with a time and a time zone:"
                + " 2027-01-01T12:00:00Z");
      }
    }

    private static Temporal parsed(String text) {
      return text.indexOf('T') < 0 ? LocalDate.parse(text) : OffsetDateTime.parse(text);
    }
  }
}
