package dev.osmo.exchange.prune;

import java.time.Duration;

/**
 * How many roles of tokens one statement prunes. Halved after a statement that took long, increased
 * slowly otherwise, so that a statement stays far from the statement timeout.
 */
record BatchSize(int roles) {

  static final BatchSize FIRST = new BatchSize(250);

  private static final int LARGEST = 1000;

  /** A fraction of the statement timeout (15 s). The statement locks its tokens for so long. */
  private static final Duration LONG = Duration.ofMillis(250);

  boolean canShrink() {
    return roles > 1;
  }

  /** The next size after a statement that took so long. */
  BatchSize after(Duration taken) {
    return taken.compareTo(LONG) > 0 ? smaller() : larger();
  }

  BatchSize smaller() {
    return new BatchSize(Math.max(1, roles / 2));
  }

  private BatchSize larger() {
    return new BatchSize(Math.min(LARGEST, roles + Math.max(1, roles / 8)));
  }
}
