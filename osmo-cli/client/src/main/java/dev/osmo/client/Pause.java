package dev.osmo.client;

import java.time.Duration;

/** A time to wait, on a clock that setting the time of the machine does not move. */
record Pause(long startedAt, Duration length) {

  /** From now on. */
  static Pause of(Duration length) {
    return new Pause(System.nanoTime(), length);
  }

  static Pause none() {
    return of(Duration.ZERO);
  }

  boolean isOver() {
    return System.nanoTime() - startedAt >= length.toNanos();
  }
}
