package dev.osmo.cli.server;

import dev.osmo.cli.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * {@code Retry-After} (RFC 9110, section 10.2.3): seconds or a date. A date is compared with the
 * response's {@code Date} header, so that a wrong local clock has no effect.
 */
final class RetryAfter {
  private static final Duration TOO_LONG = Duration.ofDays(1);

  private RetryAfter() {}

  /**
   * The requested pause: empty without the header, a day for an invalid value.
   *
   * @param now for a response without a date
   */
  static Optional<Duration> of(HttpResponse response, Instant now) {
    Instant sent = response.header("Date").flatMap(RetryAfter::date).orElse(now);
    return response
        .header("Retry-After")
        .map(String::strip)
        .map(text -> seconds(text).or(() -> until(text, sent)).orElse(TOO_LONG));
  }

  private static Optional<Duration> seconds(String text) {
    return text.matches("\\d{1,6}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }

  /** No pause for a date in the past. */
  private static Optional<Duration> until(String text, Instant sent) {
    return date(text)
        .map(date -> Duration.between(sent, date))
        .map(pause -> pause.isNegative() ? Duration.ZERO : pause);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeParseException noDate) {
      return Optional.empty();
    }
  }
}
