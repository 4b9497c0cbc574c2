package dev.osmo.exchange.prune;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Allows one drain at a time. Any number of requests during a drain causes exactly one more. Idle →
 * draining → (requested again → draining)* → idle.
 */
final class SingleDrain {

  private enum State {
    IDLE,
    DRAINING,
    REQUESTED_AGAIN
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

  /** True if the caller must drain now. */
  boolean request() {
    return state.getAndUpdate(now -> now == State.IDLE ? State.DRAINING : State.REQUESTED_AGAIN)
        == State.IDLE;
  }

  /** Called at the end of a drain. True if the caller must drain once more. */
  boolean finishedButRequestedAgain() {
    return state.getAndUpdate(now -> now == State.REQUESTED_AGAIN ? State.DRAINING : State.IDLE)
        == State.REQUESTED_AGAIN;
  }
}
