package dev.osmo.token.input;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a duration: {@code 30m} (minutes), {@code 12h}, {@code 90d}, {@code 2w}, or ISO 8601 as in
 * {@code P90D}.
 */
public final class DurationInput {

  private static final Pattern SHORT = Pattern.compile("([0-9]{1,5})([mhdw])");

  /** Longer durations are rejected, so that no sum with an instant overflows. */
  private static final Duration LONGEST = Duration.ofDays(100_000);

  private DurationInput() {}

  public static Duration parse(String field, String text) {
    Matcher written = SHORT.matcher(text);
    Optional<Duration> duration =
        written.matches()
            ? Optional.of(of(Integer.parseInt(written.group(1)), written.group(2)))
            : iso(text);
    return duration
        .filter(some -> some.compareTo(LONGEST) <= 0)
        .orElseThrow(() -> unreadable(field).toException());
  }

  private static Duration of(int number, String unit) {
    return switch (unit) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofDays(7L * number);
    };
  }

  private static Optional<Duration> iso(String text) {
    try {
      return Optional.of(Duration.parse(text)).filter(duration -> !duration.isNegative());
    } catch (DateTimeParseException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Refusal unreadable(String field) {
    return new Refusal(
        TokenProblem.INVALID_FIELD,
        "The parameter " + field + " must be a duration such as 30m, 12h, 90d, 2w or P90D.");
  }
}
