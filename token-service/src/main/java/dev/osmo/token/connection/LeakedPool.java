package dev.osmo.token.connection;

import dev.osmo.token.settings.TokenServiceSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.jspecify.annotations.Nullable;

/**
 * Not alive if the pool has lost its connections: all are in use and none has been returned for
 * longer than any statement may take, while the database responds on another connection. Only a
 * restart helps then. If the database does not respond, a restart does not help.
 */
@Liveness
@Singleton
class LeakedPool implements AsyncHealthCheck {

  private static final String NAME = "connection pool";
  private static final String PROBE = "SELECT 1";

  private final MeterRegistry meters;
  private final DatabaseServer server;
  private final long leakedAfterNanos;
  private @Nullable Exhausted exhausted;

  @Inject
  LeakedPool(MeterRegistry meters, DatabaseServer server, TokenServiceSettings settings) {
    this(meters, server, settings.database().leakedAfter());
  }

  LeakedPool(MeterRegistry meters, DatabaseServer server, Duration leakedAfter) {
    this.meters = meters;
    this.server = server;
    this.leakedAfterNanos = leakedAfter.toNanos();
  }

  /**
   * All connections are in use.
   *
   * @param returned how many had been returned until then
   */
  private record Exhausted(long returned, long sinceNanos) {}

  @Override
  public Uni<HealthCheckResponse> call() {
    return isExhaustedForLong()
        ? server
            .ask(PROBE)
            .map(row -> false)
            .onFailure()
            .recoverWithItem(true)
            .map(LeakedPool::response)
        : Uni.createFrom().item(response(true));
  }

  private synchronized boolean isExhaustedForLong() {
    Gauge unused = meters.find("sql.pool.idle").gauge();
    Timer usage = meters.find("sql.pool.usage").timer();
    if (unused == null || usage == null || unused.value() > 0) {
      exhausted = null;
      return false;
    }
    long now = System.nanoTime();
    if (exhausted == null || exhausted.returned() != usage.count()) {
      exhausted = new Exhausted(usage.count(), now);
    }
    return now - exhausted.sinceNanos() > leakedAfterNanos;
  }

  private static HealthCheckResponse response(boolean alive) {
    return HealthCheckResponse.named(NAME).status(alive).build();
  }
}
