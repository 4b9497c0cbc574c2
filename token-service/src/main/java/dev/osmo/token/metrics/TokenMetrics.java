package dev.osmo.token.metrics;

import dev.osmo.token.settings.TokenServiceSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Refreshes the token counts in the background. A scrape never waits for the database. */
@ApplicationScoped
class TokenMetrics {

  private static final Logger LOG = Logger.getLogger(TokenMetrics.class);
  private static final int AFTER_STARTUP = 4000;

  private final TokenNumbers numbers;
  private final MeterRegistry meters;
  private final long refreshMillis;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("token-numbers").daemon().factory());

  TokenMetrics(TokenNumbers numbers, MeterRegistry meters, TokenServiceSettings settings) {
    this.numbers = numbers;
    this.meters = meters;
    this.refreshMillis = settings.metrics().refresh().toMillis();
  }

  void start(@Observes @Priority(AFTER_STARTUP) StartupEvent event) {
    for (String state : TokenNumbers.STATES) {
      gauge("osmo.tokens", "state", state);
    }
    for (String days : TokenNumbers.DAYS) {
      gauge("osmo.tokens.expiring", "within_days", days);
    }
    Future<?> unused =
        timer.scheduleWithFixedDelay(this::read, 0, refreshMillis, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
  }

  private void gauge(String name, String tag, String value) {
    Gauge.builder(name, numbers, all -> all.of(value)).tag(tag, value).register(meters);
  }

  private void read() {
    try {
      VertxContextSupport.subscribeAndAwait(numbers::read);
    } catch (Throwable e) {
      LOG.warnf("token count failed, retrying: reason=%s", e);
    }
  }
}
