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

/**
 * Plans and sends notices in the background, if there is a webhook. Each webhook has a thread, so a
 * slow one delays no other.
 */
@ApplicationScoped
class NoticeTimer {

  private static final Logger LOG = Logger.getLogger(NoticeTimer.class);
  private static final int AFTER_STARTUP = 4000;

  private final SendNotices notices;
  private final long pauseMillis;
  private final ScheduledExecutorService timer;

  NoticeTimer(SendNotices notices, TokenServiceSettings settings) {
    this.notices = notices;
    this.pauseMillis = settings.expiryNotices().interval().toMillis();
    this.timer =
        Executors.newScheduledThreadPool(
            1 + notices.clients().size(),
            Thread.ofPlatform().name("expiry-notices-", 0).daemon().factory());
  }

  void start(@Observes @Priority(AFTER_STARTUP) StartupEvent event) {
    if (!notices.clients().isEmpty()) {
      repeat("planning", notices::plan);
      notices
          .clients()
          .forEach(client -> repeat(client.webhook().name(), () -> notices.sendTo(client)));
    }
  }

  private void repeat(String what, Task task) {
    Future<?> unused =
        timer.scheduleWithFixedDelay(() -> run(what, task), 0, pauseMillis, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
  }

  private static void run(String what, Task task) {
    try {
      task.run();
    } catch (Throwable e) {
      LOG.warnf("expiry notices failed, retrying: task=%s reason=%s", what, e);
    }
  }

  @FunctionalInterface
  private interface Task {
    void run() throws Throwable;
  }
}
