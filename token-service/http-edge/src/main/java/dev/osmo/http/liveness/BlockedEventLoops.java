package dev.osmo.http.liveness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.netty.MainEventLoopGroup;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.jboss.logging.Logger;

/**
 * Not alive if an event loop has been blocked for longer than any work of it may take. The requests
 * of its connections wait for ever, while the other loops answer the health checks. Only a restart
 * helps then.
 *
 * <p>Each check, and each reading of the metric, gives every loop a task, unless the last one has
 * not run yet. So the checks themselves are the only timer, and a process that was paused is not
 * mistaken for long.
 */
@Liveness
@Singleton
@Startup
class BlockedEventLoops implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(BlockedEventLoops.class);
  private static final String NAME = "event loops";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final List<EventLoop> loops;
  private final Duration limit;
  private boolean alive = true;

  @Inject
  BlockedEventLoops(@MainEventLoopGroup EventLoopGroup group, MeterRegistry meters) {
    this(group, LIMIT);
    Gauge.builder("osmo.event.loop.blocked", this, BlockedEventLoops::longestSeconds)
        .description("How long an event loop has not run a task that waits for it")
        .baseUnit("seconds")
        .register(meters);
  }

  BlockedEventLoops(EventLoopGroup group, Duration limit) {
    this.loops = StreamSupport.stream(group.spliterator(), false).map(EventLoop::new).toList();
    this.limit = limit;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named(NAME).status(isAlive()).build();
  }

  synchronized boolean isAlive() {
    long blocked = longestNanos();
    boolean nowAlive = blocked <= limit.toNanos();
    if (alive && !nowAlive) {
      LOG.errorf(
          "an event loop has been blocked for %d s: the process must be restarted",
          TimeUnit.NANOSECONDS.toSeconds(blocked));
    }
    alive = nowAlive;
    return alive;
  }

  private synchronized double longestSeconds() {
    return longestNanos() / (double) TimeUnit.SECONDS.toNanos(1);
  }

  private long longestNanos() {
    return loops.stream().mapToLong(EventLoop::blockedNanos).max().orElse(0);
  }

  private static final class EventLoop {

    private final EventExecutor executor;
    private long askedAt;
    private volatile boolean waiting;

    EventLoop(EventExecutor executor) {
      this.executor = executor;
    }

    /** How long the task of an earlier call has been waiting; 0 if it has run. */
    long blockedNanos() {
      long now = System.nanoTime();
      if (waiting) {
        return now - askedAt;
      }
      if (!executor.isShuttingDown()) {
        askedAt = now;
        waiting = true;
        executor.execute(() -> waiting = false);
      }
      return 0;
    }
  }
}
