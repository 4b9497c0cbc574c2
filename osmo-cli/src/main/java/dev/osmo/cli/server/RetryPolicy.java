package dev.osmo.cli.server;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides whether to repeat a request, and after what pause.
 *
 * <ol>
 *   <li>At most {@link #ATTEMPTS} attempts.
 *   <li>429, and 503 with {@code Retry-After}, mean that the request was not processed. After a
 *       broken connection, or a 503 without {@code Retry-After}, which a proxy sends for its own
 *       broken connection, this is unknown. Then only an idempotent request is repeated.
 *   <li>{@code Retry-After} is respected up to {@link #LONGEST_PAUSE}. For a longer pause the
 *       request fails.
 * </ol>
 */
final class RetryPolicy {
  static final int ATTEMPTS = 4;
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private RetryPolicy() {}

  /**
   * @param retry what the request allows
   * @param attempt the number of the attempt, from 1
   * @param retryAfter the pause that the server requests, or empty
   * @param chance from 0 to 1, so that clients do not all retry at the same time
   */
  static Optional<Duration> afterResponse(
      Retry retry, int status, int attempt, Optional<Duration> retryAfter, double chance) {
    boolean notProcessed = status == 429 || (status == 503 && retryAfter.isPresent());
    boolean allowed =
        switch (retry) {
          case NEVER -> false;
          case IF_NOT_PROCESSED -> notProcessed;
          case IDEMPOTENT -> notProcessed || status == 503;
        };
    return Optional.of(retryAfter.orElse(Duration.ZERO))
        .filter(pause -> allowed && attempt < ATTEMPTS && pause.compareTo(LONGEST_PAUSE) <= 0)
        .map(pause -> pause.plus(backoff(attempt, chance)));
  }

  static Optional<Duration> afterBrokenConnection(Retry retry, int attempt, double chance) {
    return retry == Retry.IDEMPOTENT && attempt < ATTEMPTS
        ? Optional.of(backoff(attempt, chance))
        : Optional.empty();
  }

  /** Doubles with each attempt; chance reduces it by up to a half. */
  private static Duration backoff(int attempt, double chance) {
    long millis = FIRST_PAUSE.toMillis() << (attempt - 1);
    return Duration.ofMillis((long) (millis * (0.5 + chance / 2)));
  }
}
