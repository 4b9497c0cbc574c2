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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Runs Argon2 off the event loop, with a fixed number of threads and a bounded queue. A full queue
 * fails with {@link RejectedExecutionException}, so callers cannot exhaust memory or processors.
 */
@ApplicationScoped
public class Argon2Pool {

  private static final Logger LOG = Logger.getLogger(Argon2Pool.class);
  private static final int WARM_UP_ITERATIONS = 2;
  private static final int WARM_UP_KIB = 19_456;

  private final Argon2 argon2 = Argon2Factory.create(Argon2Types.ARGON2id);
  private final LongAdder runs = new LongAdder();
  private final AtomicBoolean reported = new AtomicBoolean();
  private final Argon2Bounds bounds;
  private final ThreadPoolExecutor threads;

  Argon2Pool(AuthExchangeConfig config) {
    this.bounds = Argon2Bounds.of(config.verification());
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

  /** False without a run if the parameters of the hash are out of bounds. */
  CompletableFuture<Boolean> verify(Phc phc, PatText pat) {
    if (!bounds.accept(phc)) {
      reportOnce();
      return CompletableFuture.completedFuture(false);
    }
    return CompletableFuture.supplyAsync(() -> verifyNow(phc, pat), threads);
  }

  /** Once for each process, because the holder of such a token could fill the log. */
  private void reportOnce() {
    if (reported.compareAndSet(false, true)) {
      LOG.error(
          "A stored hash has Argon2 parameters outside auth-exchange.verification.min-… and max-…."
              + " Its token is refused. Check table access_token_secret for tampered rows.");
    }
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
