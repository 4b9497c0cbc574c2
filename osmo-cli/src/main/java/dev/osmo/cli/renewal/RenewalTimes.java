package dev.osmo.cli.renewal;

import java.time.Duration;
import java.util.Optional;

/**
 * When to exchange the token again. Chance, from 0 to 1, spreads the exchanges of many sidecars.
 */
final class RenewalTimes {
  private static final double PART_OF_LIFE = 0.6;
  private static final double SPREAD = 0.1;
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration LONGEST_REQUESTED = Duration.ofMinutes(5);
  private static final int DOUBLINGS = 5;

  private RenewalTimes() {}

  /** After 54 to 66 % of the life of the new JWT, at least a second. */
  static Duration afterSuccess(Duration lifetime, double chance) {
    double part = PART_OF_LIFE * (1 - SPREAD + 2 * SPREAD * chance);
    Duration pause = Duration.ofMillis((long) (lifetime.toMillis() * part));
    return pause.compareTo(FIRST) < 0 ? FIRST : pause;
  }

  /**
   * Doubles with each failure in a row, up to half a minute; chance reduces it by up to a half. A
   * longer pause that the server requests is respected, up to five minutes.
   *
   * @param failures from 1
   * @param requested {@code Retry-After}
   */
  static Duration afterFailure(int failures, Optional<Duration> requested, double chance) {
    long millis = FIRST.toMillis() << Math.min(failures - 1, DOUBLINGS);
    Duration own =
        Duration.ofMillis((long) (Math.min(millis, LONGEST.toMillis()) * (0.5 + chance / 2)));
    Duration wanted = requested.orElse(Duration.ZERO);
    Duration bounded = wanted.compareTo(LONGEST_REQUESTED) < 0 ? wanted : LONGEST_REQUESTED;
    return own.compareTo(bounded) < 0 ? bounded : own;
  }
}
