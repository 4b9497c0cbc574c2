package dev.osmo.exchange.database;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.jboss.logging.Logger;

/**
 * Not alive if a read for many requests has neither succeeded nor failed long after its deadline.
 * The requests of its event loop then wait behind it for ever, and only a restart helps. A database
 * that does not respond is not the reason: every read fails at its deadline.
 */
@Liveness
@Singleton
@Startup
class StuckReads implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(StuckReads.class);
  private static final String NAME = "database reads";

  /** A process that was paused needs some time for the deadlines that passed meanwhile. */
  private static final int DEADLINES = 10;

  /** Under a short deadline, a busy processor alone delays the event loops for longer. */
  private static final Duration AT_LEAST = Duration.ofSeconds(30);

  private final Database database;
  private final Duration limit;
  private boolean alive = true;

  @Inject
  StuckReads(Database database, AuthExchangeConfig config, MeterRegistry meters) {
    this(database, limit(config.database().deadline()));
    Gauge.builder("osmo.database.read.oldest", database, StuckReads::seconds)
        .description("How long the oldest read for many requests has been under way")
        .baseUnit("seconds")
        .register(meters);
  }

  StuckReads(Database database, Duration limit) {
    this.database = database;
    this.limit = limit;
  }

  static Duration limit(Duration deadline) {
    Duration limit = deadline.multipliedBy(DEADLINES);
    return limit.compareTo(AT_LEAST) < 0 ? AT_LEAST : limit;
  }

  @Override
  public synchronized HealthCheckResponse call() {
    Duration oldest = database.oldestRead();
    boolean nowAlive = oldest.compareTo(limit) <= 0;
    if (alive && !nowAlive) {
      LOG.errorf(
          "a database read has not ended for %d s, beyond its deadline: the process must be"
              + " restarted",
          oldest.toSeconds());
    }
    alive = nowAlive;
    return HealthCheckResponse.named(NAME).status(alive).build();
  }

  private static double seconds(Database database) {
    return database.oldestRead().toMillis() / 1000.0;
  }
}
