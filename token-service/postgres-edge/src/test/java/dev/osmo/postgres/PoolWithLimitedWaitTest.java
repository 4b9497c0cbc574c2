package dev.osmo.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.postgres.MigratedPostgres;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pool with one connection, and users on three event loops. */
@Tag("I10")
class PoolWithLimitedWaitTest {

  private static final Duration WAIT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(2);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3));
  private final Context ofConnection = newContext();
  private final Context ofHolder = newContext();
  private final Context ofWaiter = newContext();
  private MigratedPostgres postgres;
  private Pool pool;

  @BeforeEach
  void start() {
    postgres = MigratedPostgres.start();
    PgConnectOptions server =
        PgConnectOptions.fromUri(postgres.reactiveUrl())
            .setUser(MigratedPostgres.AUTH_EXCHANGE)
            .setPassword(MigratedPostgres.PASSWORD);
    pool =
        new PrimaryAddress()
            .pool(
                vertx,
                new ArrayList<>(List.of(server)),
                new PoolOptions().setMaxSize(1),
                WAIT,
                LONG,
                LONG);
    // The connection belongs to the event loop of its first user.
    on(ofConnection, this::patiently).result().close();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    postgres.close();
  }

  /** The connection is assigned while the wait has not ended, and delivered afterwards. */
  @Test
  void a_connection_that_is_delivered_too_late_is_returned() {
    SqlConnection held = on(ofHolder, this::patiently).result();
    CountDownLatch busy = new CountDownLatch(1);
    ofConnection.runOnContext(unused -> hold(busy));
    Promise<SqlConnection> waited = Promise.promise();
    ofWaiter.runOnContext(
        unused -> {
          pool.getConnection().onComplete(waited);
          ofHolder.runOnContext(now -> held.close());
        });

    eventually(waited.future());
    busy.countDown();

    assertThat(waited.future().cause()).isInstanceOf(PoolExhausted.class);
    assertThat(on(ofHolder, this::patiently).succeeded()).isTrue();
  }

  @Test
  void a_connection_that_is_returned_in_time_is_used() {
    SqlConnection held = on(ofHolder, this::patiently).result();
    Future<SqlConnection> next = on(ofWaiter, this::patiently, held::close);

    assertThat(next.succeeded()).isTrue();
  }

  /** Tries again while the pool has no connection for it, but not for ever. */
  private Future<SqlConnection> patiently() {
    return patiently(300);
  }

  private Future<SqlConnection> patiently(int attempts) {
    return pool.getConnection()
        .recover(failure -> attempts == 0 ? Future.failedFuture(failure) : patiently(attempts - 1));
  }

  /** On the next event loop: a thread keeps the context that it was given. */
  private Context newContext() {
    return CompletableFuture.supplyAsync(
            vertx::getOrCreateContext, task -> Thread.ofPlatform().start(task))
        .join();
  }

  private static <T> Future<T> on(Context context, Supplier<Future<T>> work) {
    return on(context, work, () -> {});
  }

  private static <T> Future<T> on(Context context, Supplier<Future<T>> work, Runnable then) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        unused -> {
          work.get().onComplete(done);
          then.run();
        });
    eventually(done.future());
    return done.future();
  }

  private static void eventually(Future<?> future) {
    await().atMost(Duration.ofMinutes(2)).until(future::isComplete);
  }

  private static void hold(CountDownLatch latch) {
    try {
      if (!latch.await(2, TimeUnit.MINUTES)) {
        throw new AssertionError("the test has not released the event loop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
