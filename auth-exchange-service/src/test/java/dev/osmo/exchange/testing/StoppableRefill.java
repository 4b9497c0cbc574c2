package dev.osmo.exchange.testing;

import dev.osmo.http.limits.RefillTime;
import io.restassured.response.Response;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the time by which budgets refill. While it is stopped, a budget allows exactly its size,
 * however slow the machine is.
 */
@Singleton
public class StoppableRefill implements RefillTime {

  private static final int MORE_THAN_ANY_BUDGET = 1_000;

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

  /** Sends until the response is 429. The refill remains stopped, and the budget used up. */
  public Response firstRefusal(Supplier<Response> request) {
    stop();
    return Stream.generate(request)
        .limit(MORE_THAN_ANY_BUDGET)
        .filter(response -> response.statusCode() == 429)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no limit"));
  }

  public void resume() {
    stoppedAt = null;
  }
}
