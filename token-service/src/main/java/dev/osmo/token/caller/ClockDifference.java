package dev.osmo.token.caller;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * How far the database's clock is ahead of this machine's, measured whenever a caller's permissions
 * are read. A large difference does not change what is decided, because only the database's clock
 * decides, but it confuses whoever compares logs.
 */
@Startup
@ApplicationScoped
class ClockDifference {

  private static final Logger LOG = Logger.getLogger(ClockDifference.class);
  private static final Duration TOLERATED = Duration.ofSeconds(2);
  private static final long BETWEEN_WARNINGS = Duration.ofMinutes(1).toNanos();

  private final AtomicLong lastWarning = new AtomicLong(System.nanoTime() - BETWEEN_WARNINGS);
  private volatile Duration ahead = Duration.ZERO;

  ClockDifference(MeterRegistry meters) {
    Gauge.builder("osmo.clock.difference", this, ClockDifference::seconds)
        .baseUnit("seconds")
        .register(meters);
  }

  private double seconds() {
    return ahead.toMillis() / 1000.0;
  }

  /** The database read its clock between these times of this machine's clock. */
  void observe(Instant sent, Instant databaseTime, Instant received) {
    ahead = ahead(sent, databaseTime, received);
    if (ahead.abs().compareTo(TOLERATED) > 0 && mayWarnNow()) {
      LOG.warnf(
          "the database's clock differs from this machine's, synchronize both: seconds_ahead=%.1f",
          seconds());
    }
  }

  /** Zero if the clocks may be the same: the time on the way is not a difference. */
  static Duration ahead(Instant sent, Instant databaseTime, Instant received) {
    if (databaseTime.isBefore(sent)) {
      return Duration.between(sent, databaseTime);
    }
    return databaseTime.isAfter(received)
        ? Duration.between(received, databaseTime)
        : Duration.ZERO;
  }

  private boolean mayWarnNow() {
    long last = lastWarning.get();
    long now = System.nanoTime();
    return now - last >= BETWEEN_WARNINGS && lastWarning.compareAndSet(last, now);
  }
}
