package dev.osmo.cli.server.transport;

import dev.osmo.cli.server.Repetition;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether an attempt that brought nothing is worth another, and after what pause. Decides only.
 *
 * <ol>
 *   <li>At most {@link #ATTEMPTS} attempts.
 *   <li>429, and 503 with {@code Retry-After}, say that nothing was done. A broken connection and a
 *       503 without it, with which a proxy reports a broken connection of its own, leave open what
 *       was done, so only a harmless request tries again.
 *   <li>{@code Retry-After} is respected up to {@link #LONGEST_PAUSE}; a server that wants more is
 *       not asked again, the user is told.
 * </ol>
 */
final class RetryPolicy {
  static final int ATTEMPTS = 4;
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private RetryPolicy() {}

  /**
   * @param repetition what the request allows
   * @param attempt the attempt that was answered, from 1
   * @param retryAfter the pause that the server wants, empty when it does not say
   * @param chance from 0 to 1, so that many clients do not come back at once
   */
  static Optional<Duration> afterAnswer(
      Repetition repetition,
      int status,
      int attempt,
      Optional<Duration> retryAfter,
      double chance) {
    boolean nothingWasDone = status == 429 || (status == 503 && retryAfter.isPresent());
    boolean allowed =
        switch (repetition) {
          case NEVER -> false;
          case WHEN_NOTHING_WAS_DONE -> nothingWasDone;
          case HARMLESS -> nothingWasDone || status == 503;
        };
    return Optional.of(retryAfter.orElse(Duration.ZERO))
        .filter(pause -> allowed && attempt < ATTEMPTS && pause.compareTo(LONGEST_PAUSE) <= 0)
        .map(pause -> pause.plus(backoff(attempt, chance)));
  }

  static Optional<Duration> afterBrokenConnection(
      Repetition repetition, int attempt, double chance) {
    return repetition == Repetition.HARMLESS && attempt < ATTEMPTS
        ? Optional.of(backoff(attempt, chance))
        : Optional.empty();
  }

  /** Doubles from attempt to attempt, of which chance takes up to a half. */
  private static Duration backoff(int attempt, double chance) {
    long millis = FIRST_PAUSE.toMillis() << (attempt - 1);
    return Duration.ofMillis((long) (millis * (0.5 + chance / 2)));
  }
}
