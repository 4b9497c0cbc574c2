package dev.osmo.token.input;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Parses a date, which means 00:00 UTC, or an RFC 3339 instant, in the years 1970 to 9999. */
public final class TimeInput {

  /** A month and a day may have one digit, because OSMO accepts that. */
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4)
          .appendLiteral('-')
          .appendValue(ChronoField.MONTH_OF_YEAR, 1, 2, SignStyle.NOT_NEGATIVE)
          .appendLiteral('-')
          .appendValue(ChronoField.DAY_OF_MONTH, 1, 2, SignStyle.NOT_NEGATIVE)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private TimeInput() {}

  /** Rejects unreadable text with a refusal that names the parameter. */
  public static Instant parse(String parameter, String text) {
    try {
      return requireInRange(text.length() > 10 ? instant(text) : date(text));
    } catch (DateTimeException | ArithmeticException e) {
      throw unreadable(parameter, text).toException();
    }
  }

  private static Instant date(String text) {
    return LocalDate.parse(text, DATE).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Instant instant(String text) {
    return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
        .toInstant()
        .truncatedTo(ChronoUnit.SECONDS);
  }

  /** Throws {@link DateTimeException} outside the years 1970 to 9999. */
  public static Instant requireInRange(Instant time) {
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
      throw new DateTimeException("outside the years 1970 to 9999");
    }
    return time;
  }

  /** OSMO's own text, plus the parameter's name when it is not {@code expires_at}. */
  private static Refusal unreadable(String parameter, String text) {
    String shown = text.matches("[0-9A-Za-z:+. -]{1,40}") ? text : "in " + parameter;
    return new Refusal(
        TokenProblem.INVALID_FIELD,
        "Invalid date format "
            + shown
            + ". Date must be in YYYY-MM-DD format (e.g. 2025-12-31)"
            + (parameter.equals("expires_at") ? "" : ": see " + parameter));
  }
}
