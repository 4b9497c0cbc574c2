package dev.osmo.token.notice;

import java.time.Duration;

/**
 * The pause after an attempt that failed: 30 seconds, doubled after each further one, at most 6
 * hours.
 */
final class Backoff {

  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(6);
  private static final int MOST_DOUBLINGS = 20;
  private static final double SPREAD = 0.2;

  private Backoff() {}

  /**
   * @param attempt 1 for the first one
   * @param random between 0 and 1: up to a fifth is added or taken away, so that the notices that
   *     failed together are not repeated together
   */
  static Duration after(int attempt, double random) {
    long doubled = FIRST.toMillis() << Math.clamp(attempt - 1, 0, MOST_DOUBLINGS);
    double factor = 1 + SPREAD * (2 * random - 1);
    return Duration.ofMillis(Math.round(Math.min(doubled, LONGEST.toMillis()) * factor));
  }
}
