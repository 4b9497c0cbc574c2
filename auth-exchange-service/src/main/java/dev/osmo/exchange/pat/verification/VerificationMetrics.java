package dev.osmo.exchange.pat.verification;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Argon2 runs, queued verifications, and hits of the verified-secret cache. */
@ApplicationScoped
class VerificationMetrics {

  private static final int AFTER_THE_START = 4000;

  private final Argon2Pool argon2;
  private final VerifiedSecrets secrets;
  private final MeterRegistry meters;

  VerificationMetrics(Argon2Pool argon2, VerifiedSecrets secrets, MeterRegistry meters) {
    this.argon2 = argon2;
    this.secrets = secrets;
    this.meters = meters;
  }

  void register(@Observes @Priority(AFTER_THE_START) StartupEvent event) {
    FunctionCounter.builder("osmo.argon2.runs", argon2, Argon2Pool::runs).register(meters);
    Gauge.builder("osmo.argon2.queue", argon2, Argon2Pool::waiting).register(meters);
    FunctionCounter.builder("osmo.verified.secrets", secrets, VerifiedSecrets::hits)
        .tag("result", "hit")
        .register(meters);
    FunctionCounter.builder("osmo.verified.secrets", secrets, VerifiedSecrets::misses)
        .tag("result", "miss")
        .register(meters);
  }
}
