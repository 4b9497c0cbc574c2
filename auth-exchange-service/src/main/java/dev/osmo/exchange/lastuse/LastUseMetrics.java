package dev.osmo.exchange.lastuse;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** How many uses are not written yet, and how many were dropped. */
@ApplicationScoped
class LastUseMetrics {

  private static final int AFTER_THE_START = 4000;

  private final LastUse lastUse;
  private final MeterRegistry meters;

  LastUseMetrics(LastUse lastUse, MeterRegistry meters) {
    this.lastUse = lastUse;
    this.meters = meters;
  }

  void register(@Observes @Priority(AFTER_THE_START) StartupEvent event) {
    Gauge.builder("osmo.last.use.waiting", lastUse, LastUse::waiting).register(meters);
    FunctionCounter.builder("osmo.last.use.forgotten", lastUse, LastUse::dropped).register(meters);
  }
}
