package dev.osmo.token.caller;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Limits how often the same warning is logged. */
final class OncePerMinute {

  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  private final AtomicLong last = new AtomicLong(System.nanoTime() - PAUSE);

  /** Whether a minute has passed since this was true. */
  boolean isDue() {
    long before = last.get();
    long now = System.nanoTime();
    return now - before >= PAUSE && last.compareAndSet(before, now);
  }
}
