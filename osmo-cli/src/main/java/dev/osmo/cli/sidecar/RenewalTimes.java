package dev.osmo.cli.sidecar;

import java.time.Duration;

/**
 * When to exchange the token again. Chance, from 0 to 1, spreads the exchanges of many sidecars.
 */
final class RenewalTimes {
  private static final double PART_OF_LIFE = 0.6;
  private static final double SPREAD = 0.1;
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int DOUBLINGS = 5;

  private RenewalTimes() {}

  /** After 54 to 66 % of the life of the new JWT, at least a second. */
  static Duration afterSuccess(Duration lifetime, double chance) {
    double part = PART_OF_LIFE * (1 - SPREAD + 2 * SPREAD * chance);
    Duration pause = Duration.ofMillis((long) (lifetime.toMillis() * part));
    return pause.compareTo(FIRST) < 0 ? FIRST : pause;
  }

  /**
   * Doubles with each failure in a row, up to half a minute; chance reduces it by up to a half.
   *
   * @param failures from 1
   */
  static Duration afterFailure(int failures, double chance) {
    long millis = FIRST.toMillis() << Math.min(failures - 1, DOUBLINGS);
    return Duration.ofMillis((long) (Math.min(millis, LONGEST.toMillis()) * (0.5 + chance / 2)));
  }
}
