package dev.osmo.exchange.jwt.keys;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The age of the active signing key. A key older than {@code keys.rotate-every} means that rotation
 * has stopped; NaN means that there is no active key.
 */
@ApplicationScoped
class KeyMetrics {

  private static final int AFTER_THE_START = 4000;

  private final SigningKeys keys;
  private final MeterRegistry meters;

  KeyMetrics(SigningKeys keys, MeterRegistry meters) {
    this.keys = keys;
    this.meters = meters;
  }

  void register(@Observes @Priority(AFTER_THE_START) StartupEvent event) {
    TimeGauge.builder("osmo.signing.key.age", this::ageMillis, TimeUnit.MILLISECONDS)
        .register(meters);
  }

  private double ageMillis() {
    return keys.ring()
        .active()
        .map(active -> Duration.between(active.since(), Clock.systemUTC().instant()))
        .map(age -> (double) age.toMillis())
        .orElse(Double.NaN);
  }
}
