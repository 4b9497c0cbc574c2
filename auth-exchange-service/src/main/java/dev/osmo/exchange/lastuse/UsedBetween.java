package dev.osmo.exchange.lastuse;

import java.time.Instant;

/** All uses of one secret since the last writing: only the first and the last of them matter. */
record UsedBetween(Instant first, Instant last) {

  static UsedBetween at(Instant time) {
    return new UsedBetween(time, time);
  }

  UsedBetween and(UsedBetween other) {
    return new UsedBetween(
        first.isBefore(other.first) ? first : other.first,
        last.isAfter(other.last) ? last : other.last);
  }
}
