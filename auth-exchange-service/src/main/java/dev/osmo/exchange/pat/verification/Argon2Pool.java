package dev.osmo.exchange.pat.verification;

import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Phc;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs Argon2 off the event loop, with a fixed number of threads and a bounded queue. A full queue
 * fails with {@link RejectedExecutionException}, so callers cannot exhaust memory or processors.
 */
@ApplicationScoped
public class Argon2Pool {

  private static final int WARM_UP_ITERATIONS = 2;
  private static final int WARM_UP_KIB = 19_456;

  private final Argon2 argon2 = Argon2Factory.create(Argon2Types.ARGON2id);
  private final LongAdder runs = new LongAdder();
  private final ThreadPoolExecutor threads;

  Argon2Pool(AuthExchangeConfig config) {
    int size = config.verification().threads();
    this.threads =
        new ThreadPoolExecutor(
            size,
            size,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(config.verification().queue()),
            Thread.ofPlatform().daemon().name("argon2-", 0).factory());
  }

  /** Loads the native library at start, so that the first caller does not wait for it. */
  public void warmUp() {
    byte[] sample = "warm-up".getBytes(StandardCharsets.US_ASCII);
    argon2.verify(argon2.hash(WARM_UP_ITERATIONS, WARM_UP_KIB, 1, sample), sample);
  }

  CompletableFuture<Boolean> verify(Phc phc, PatText pat) {
    return CompletableFuture.supplyAsync(() -> verifyNow(phc, pat), threads);
  }

  private boolean verifyNow(Phc phc, PatText pat) {
    runs.increment();
    return argon2.verify(phc.text(), pat.bytes());
  }

  /** How many Argon2 runs there were since the start. */
  long runs() {
    return runs.sum();
  }

  /** How many verifications wait for a thread. */
  int waiting() {
    return threads.getQueue().size();
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
