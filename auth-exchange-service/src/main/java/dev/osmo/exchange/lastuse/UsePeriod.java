package dev.osmo.exchange.lastuse;

import java.time.Instant;

/** The first and the last use of a secret since the last write. */
record UsePeriod(Instant first, Instant last) {

  static UsePeriod at(Instant time) {
    return new UsePeriod(time, time);
  }

  UsePeriod and(UsePeriod other) {
    return new UsePeriod(
        first.isBefore(other.first) ? first : other.first,
        last.isAfter(other.last) ? last : other.last);
  }
}
