package dev.osmo.token.purge;

import dev.osmo.token.settings.TokenServiceSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Purges in the background, batch after batch until nothing is left, and again after a pause. */
@ApplicationScoped
class PurgeTimer {

  private static final Logger LOG = Logger.getLogger(PurgeTimer.class);
  private static final int AFTER_STARTUP = 4000;

  private final Purge purge;
  private final long pauseMillis;
  private final Map<PurgedRows, Counter> counters = new EnumMap<>(PurgedRows.class);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("purge").daemon().factory());

  PurgeTimer(Purge purge, MeterRegistry meters, TokenServiceSettings settings) {
    this.purge = purge;
    this.pauseMillis = settings.retention().interval().toMillis();
    for (PurgedRows rows : PurgedRows.values()) {
      counters.put(rows, meters.counter("osmo.purged", "rows", rows.label()));
    }
  }

  void start(@Observes @Priority(AFTER_STARTUP) StartupEvent event) {
    Future<?> unused =
        timer.scheduleWithFixedDelay(this::purge, 0, pauseMillis, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
  }

  void purge() {
    Map<PurgedRows, Integer> purged = new EnumMap<>(PurgedRows.class);
    try {
      for (PurgedRows rows : PurgedRows.values()) {
        purgeAll(rows, purged);
      }
    } catch (Throwable e) {
      LOG.warnf("purge failed, retrying: reason=%s", e);
    }
    if (!purged.isEmpty()) {
      LOG.infof("purge deleted rows: %s", sentence(purged));
    }
  }

  private void purgeAll(PurgedRows rows, Map<PurgedRows, Integer> purged) throws Throwable {
    int deleted;
    do {
      deleted = VertxContextSupport.subscribeAndAwait(() -> purge.batch(rows));
      if (deleted > 0) {
        purged.merge(rows, deleted, Integer::sum);
        Objects.requireNonNull(counters.get(rows)).increment(deleted);
      }
    } while (deleted > 0);
  }

  private static String sentence(Map<PurgedRows, Integer> purged) {
    return purged.entrySet().stream()
        .map(entry -> entry.getKey().label() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }
}
