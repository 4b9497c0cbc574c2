package dev.osmo.cli.token;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code --expires-at}: a calendar date that exists, written YYYY-MM-DD. */
class ExpiryDate implements ITypeConverter<LocalDate> {
  @Override
  public LocalDate convert(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException malformed) {
      throw new TypeConversionException(
          "Invalid date format: " + text + ". Write it as YYYY-MM-DD, for example 2027-01-01");
    }
  }
}
