package dev.osmo.token.notice;

import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Sends notices in the background, if there is a webhook. */
@ApplicationScoped
class NoticeTimer {

  private static final Logger LOG = Logger.getLogger(NoticeTimer.class);
  private static final int AFTER_STARTUP = 4000;

  private final SendNotices notices;
  private final long pauseMillis;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("expiry-notices").daemon().factory());

  NoticeTimer(SendNotices notices, TokenServiceSettings settings) {
    this.notices = notices;
    this.pauseMillis = settings.expiryNotices().interval().toMillis();
  }

  void start(@Observes @Priority(AFTER_STARTUP) StartupEvent event) {
    if (notices.isConfigured()) {
      Future<?> unused =
          timer.scheduleWithFixedDelay(this::run, 0, pauseMillis, TimeUnit.MILLISECONDS);
    }
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
  }

  private void run() {
    try {
      notices.run();
    } catch (Throwable e) {
      LOG.warnf("expiry notices failed, retrying: reason=%s", e);
    }
  }
}
