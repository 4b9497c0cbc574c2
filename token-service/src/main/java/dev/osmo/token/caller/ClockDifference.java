package dev.osmo.token.caller;

import dev.osmo.postgres.CommitLease;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * How far the database's clock is ahead of this machine's, measured with each commit of the lease,
 * also while no JWT is valid. A small difference does not change what is decided, because only the
 * database's clock decides, but it confuses whoever compares logs. With a large one, {@link
 * JwtVerifier} refuses every JWT.
 */
@Startup
@ApplicationScoped
class ClockDifference {

  private static final Logger LOG = Logger.getLogger(ClockDifference.class);
  private static final Duration TOLERATED = Duration.ofSeconds(2);

  private final OncePerMinute warning = new OncePerMinute();

  /** Not a number before the first measurement. */
  private volatile double seconds = Double.NaN;

  ClockDifference(MeterRegistry meters, CommitLease lease) {
    Gauge.builder("osmo.clock.difference", this, clocks -> clocks.seconds)
        .baseUnit("seconds")
        .register(meters);
    lease.onDatabaseTime(this::observe);
  }

  /** The database read its clock between these times of this machine's clock. */
  private void observe(Instant sent, Instant databaseTime, Instant received) {
    Duration ahead = ahead(sent, databaseTime, received);
    seconds = ahead.toMillis() / 1000.0;
    if (ahead.abs().compareTo(TOLERATED) > 0 && warning.isDue()) {
      LOG.warnf(
          "the database's clock differs from this machine's, synchronize both: seconds_ahead=%.1f",
          seconds);
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
}
