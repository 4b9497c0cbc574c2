package dev.osmo.token.caller;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Verifies signatures outside the event loop: one per processor at a time and a short queue. When
 * the queue is full, requests are refused.
 */
@ApplicationScoped
class VerificationPool {

  private static final int QUEUE = 256;
  private static final Refusal FULL = Refusal.of(HttpProblem.BUSY);

  private final ThreadPoolExecutor pool;

  VerificationPool() {
    int threads = Runtime.getRuntime().availableProcessors();
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            Thread.ofPlatform().name("jwt-", 0).daemon().factory());
  }

  /** Continues on the caller's Vert.x context, which owns the database session. */
  <T> Uni<T> run(Supplier<T> verification) {
    return Uni.createFrom()
        .item(verification)
        .runSubscriptionOn(pool)
        .emitOn(MutinyHelper.executor(Vertx.currentContext()))
        .onFailure(RejectedExecutionException.class)
        .transform(full -> FULL.toException());
  }

  @PreDestroy
  void stop() {
    pool.shutdownNow();
  }
}
