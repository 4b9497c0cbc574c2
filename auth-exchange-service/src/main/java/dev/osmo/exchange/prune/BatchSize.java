package dev.osmo.exchange.prune;

/** How many removals one statement prunes. Halved after a timeout, then increased slowly. */
record BatchSize(int removals) {

  static final BatchSize LARGEST = new BatchSize(100);

  boolean canShrink() {
    return removals > 1;
  }

  BatchSize smaller() {
    return new BatchSize(Math.max(1, removals / 2));
  }

  BatchSize larger() {
    return new BatchSize(Math.min(LARGEST.removals, removals + Math.max(1, removals / 8)));
  }
}
