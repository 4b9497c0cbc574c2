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
import java.time.Duration;
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

  /** How much longer the pause after a batch is than the batch. */
  private static final int PAUSES = 9;

  private final TokenNumbers numbers;
  private final MeterRegistry meters;
  private final Duration refresh;
  private long pauseMillis;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("token-numbers").daemon().factory());

  TokenMetrics(TokenNumbers numbers, MeterRegistry meters, TokenServiceSettings settings) {
    this.numbers = numbers;
    this.meters = meters;
    this.refresh = settings.metrics().refresh();
  }

  void start(@Observes @Priority(AFTER_STARTUP) StartupEvent event) {
    for (String state : TokenNumbers.STATES) {
      gauge("osmo.tokens", "state", state);
    }
    for (String days : TokenNumbers.DAYS) {
      gauge("osmo.tokens.expiring", "within_days", days);
    }
    Future<?> unused =
        timer.scheduleWithFixedDelay(this::refresh, 0, refresh.toMillis(), TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
  }

  private void gauge(String name, String tag, String value) {
    Gauge.builder(name, numbers, all -> all.of(value)).tag(tag, value).register(meters);
  }

  private void refresh() {
    try {
      while (countBatch()) {
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
      }
      VertxContextSupport.subscribeAndAwait(numbers::read);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      LOG.warnf("token count failed, retrying: reason=%s", e);
    }
  }

  /** The pause after it leaves most of the database's time to others. */
  private boolean countBatch() throws Throwable {
    long start = System.nanoTime();
    boolean isMoreLeft = VertxContextSupport.subscribeAndAwait(() -> numbers.countBatch(refresh));
    pauseMillis = PAUSES * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return isMoreLeft;
  }
}
