package dev.osmo.token.minting;

import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Phc;
import dev.osmo.token.settings.TokenServiceSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs Argon2id outside the event loop: one hash per processor at a time and a short queue. When
 * the queue is full, requests are refused.
 */
@ApplicationScoped
class SecretHasher {

  private static final int QUEUE = 64;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final int PARALLELISM = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Refusal FULL =
      new Refusal(
          HttpProblem.BUSY,
          "Too many tokens are being created at the same time. Try again in a moment.");

  private final Argon2 argon2 =
      Argon2Factory.create(Argon2Factory.Argon2Types.ARGON2id, SALT_BYTES, HASH_BYTES);
  private final HashCost cost;
  private final ThreadPoolExecutor pool;

  SecretHasher(TokenServiceSettings settings, MeterRegistry meters) {
    this.cost = HashCost.of(settings.argon2(), LaunchMode.current());
    int threads = Runtime.getRuntime().availableProcessors();
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            Thread.ofPlatform().name("argon2-", 0).daemon().factory());
    Gauge.builder("osmo.argon2.queue", pool, all -> all.getQueue().size()).register(meters);
    FunctionCounter.builder("osmo.argon2.runs", pool, ThreadPoolExecutor::getCompletedTaskCount)
        .register(meters);
  }

  /** Continues on the caller's Vert.x context, which owns the database session. */
  Uni<Phc> hash(PatText token) {
    return Uni.createFrom()
        .item(() -> hashNow(token))
        .runSubscriptionOn(pool)
        .ifNoItem()
        .after(LONGEST_WAIT)
        .failWith(FULL::toException)
        .emitOn(MutinyHelper.executor(Vertx.currentContext()))
        .onFailure(RejectedExecutionException.class)
        .transform(full -> FULL.toException());
  }

  private Phc hashNow(PatText token) {
    byte[] text = token.bytes();
    try {
      return new Phc(argon2.hash(cost.iterations(), cost.memoryKib(), PARALLELISM, text));
    } finally {
      argon2.wipeArray(text);
    }
  }

  @PreDestroy
  void stop() {
    pool.shutdownNow();
  }
}
