package dev.osmo.token.testing;

import dev.osmo.http.limits.RefillTime;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the time by which budgets refill. While it is stopped, a budget allows exactly its size,
 * however slow the machine is.
 */
@Singleton
public class StoppableRefill implements RefillTime {

  private volatile @Nullable Long stoppedAt;

  @Override
  public long currentTimeNanos() {
    Long at = stoppedAt;
    return at == null ? System.nanoTime() : at;
  }

  /** Does nothing if it is stopped. */
  public void stop() {
    if (stoppedAt == null) {
      stoppedAt = System.nanoTime();
    }
  }

  public void resume() {
    stoppedAt = null;
  }
}
