package dev.osmo.exchange.prune;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The delay of pruning, the tokens that it changed, and the reconnects of the listener. Created at
 * startup, so that they are listed before the first removal.
 */
@Startup
@ApplicationScoped
class PruneMetrics {

  private final Timer lag;
  private final Counter prunedTokens;
  private final Counter reconnects;

  PruneMetrics(MeterRegistry meters, Backlog backlog) {
    this.lag =
        Timer.builder("osmo.prune.lag")
            .description("From the removal of a role to its pruning")
            .serviceLevelObjectives(
                Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(5))
            .register(meters);
    this.prunedTokens = meters.counter("osmo.pruned.tokens");
    Gauge.builder("osmo.prune.waiting", backlog, Backlog::removals)
        .description("Removals that are not pruned")
        .register(meters);
    TimeGauge.builder("osmo.prune.behind", backlog, TimeUnit.SECONDS, Backlog::seconds)
        .description("Age of the oldest removal that is not pruned")
        .register(meters);
    this.reconnects = meters.counter("osmo.prune.reconnects");
  }

  /** The last token of a removal decides its delay. */
  void pruned(PrunedRemoval removal, Duration behind) {
    prunedTokens.increment(removal.prunedTokens());
    if (removal.finished()) {
      lag.record(behind);
    }
  }

  void reconnecting() {
    reconnects.increment();
  }
}
