package dev.osmo.exchange.prune;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets one drain run at a time. A ring during a drain is not lost: it makes one more drain follow,
 * however many rings there were. Resting → draining → (rung again → draining)* → resting.
 */
final class DrainTurn {

  private enum State {
    RESTING,
    DRAINING,
    RUNG_AGAIN
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.RESTING);

  /** True when the caller is to drain now. */
  boolean ring() {
    return state.getAndUpdate(now -> now == State.RESTING ? State.DRAINING : State.RUNG_AGAIN)
        == State.RESTING;
  }

  /** The drain is over; true when the caller is to drain once more. */
  boolean finishedButRungAgain() {
    return state.getAndUpdate(now -> now == State.RUNG_AGAIN ? State.DRAINING : State.RESTING)
        == State.RUNG_AGAIN;
  }
}
