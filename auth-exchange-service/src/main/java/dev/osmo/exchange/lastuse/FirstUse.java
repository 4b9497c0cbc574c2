package dev.osmo.exchange.lastuse;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes the first use of a secret while the caller waits, so that a rotation can see it.
 * Concurrent callers share one write.
 */
@Singleton
public class FirstUse {

  private final UseTable table;
  private final Map<UUID, Uni<Void>> writing = new ConcurrentHashMap<>();

  FirstUse(UseTable table) {
    this.table = table;
  }

  /** Completes when the use is in the database; fails if it cannot be written. */
  public Uni<Void> write(UUID secretId, Instant at) {
    Uni<Void> written = writing.computeIfAbsent(secretId, id -> writeOnce(id, at));
    Context caller = Vertx.currentContext();
    return caller == null
        ? written
        : written.emitOn(task -> caller.runOnContext(unused -> task.run()));
  }

  private Uni<Void> writeOnce(UUID secretId, Instant at) {
    return table
        .record(Map.of(secretId, UsePeriod.at(at)))
        .onTermination()
        .invoke(() -> writing.remove(secretId))
        .memoize()
        .indefinitely();
  }
}
