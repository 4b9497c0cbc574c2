package dev.osmo.http.limits;

import io.github.bucket4j.TimeMeter;

/** The time by which all budgets refill. A bean, so that a test of a limit can stop it. */
public interface RefillTime extends TimeMeter {

  @Override
  default boolean isWallClockBased() {
    return false;
  }
}
