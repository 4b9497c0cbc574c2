package dev.osmo.exchange.pat.verification;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.osmo.exchange.pat.StoredSecret;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.pat.Lookup;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Peppers;
import dev.osmo.pat.Phc;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Verifies a presented token against the stored secret and runs Argon2 at most once for each.
 *
 * <ol>
 *   <li>The result is cached under the token's lookup, the digest and the secret's id. A change of
 *       any of the three runs Argon2 again.
 *   <li>Callers that arrive during a run share its result.
 *   <li>A full queue is never cached.
 *   <li>No token text is kept.
 * </ol>
 */
@ApplicationScoped
public class VerifiedSecrets {

  private final Argon2Pool argon2;
  private final Peppers peppers;
  private final AsyncCache<CacheKey, Boolean> results;
  private final Cache<Lookup, Boolean> genuine;
  private final AtomicInteger waiting = new AtomicInteger();

  VerifiedSecrets(Argon2Pool argon2, Peppers peppers, AuthExchangeConfig config) {
    this.argon2 = argon2;
    this.peppers = peppers;
    this.genuine =
        Caffeine.newBuilder()
            .maximumSize(config.verification().remembered())
            .executor(Runnable::run)
            .build();
    this.results =
        Caffeine.newBuilder()
            .maximumSize(config.verification().remembered())
            .executor(Runnable::run)
            .recordStats()
            .buildAsync();
  }

  /** Whether this token was verified before. It may have expired or been revoked since. */
  public boolean contains(PatText pat) {
    return peppers.lookupsOf(pat).stream().anyMatch(lookup -> genuine.getIfPresent(lookup) != null);
  }

  /** Forgets a token that is no longer stored, so that it is treated like one that never was. */
  public void forget(PatText pat) {
    peppers.lookupsOf(pat).forEach(genuine::invalidate);
  }

  /** The number of cache hits. */
  long hits() {
    return results.synchronous().stats().hitCount();
  }

  long misses() {
    return results.synchronous().stats().missCount();
  }

  /** How many callers of {@link #verify} wait for Argon2. */
  public int waiting() {
    return waiting.get();
  }

  public Uni<SecretCheck> verify(PatText pat, StoredSecret secret) {
    CacheKey key = new CacheKey(secret.id(), secret.lookup(), secret.phc());
    return backOnCallersThread(counted(result(key, pat)))
        .map(result -> cache(result, secret.lookup()))
        .onFailure(RejectedExecutionException.class)
        .recoverWithItem(SecretCheck.BUSY);
  }

  private SecretCheck cache(boolean isGenuine, Lookup lookup) {
    if (isGenuine && genuine.getIfPresent(lookup) == null) {
      genuine.put(lookup, true);
    }
    return isGenuine ? SecretCheck.MATCH : SecretCheck.MISMATCH;
  }

  private CompletableFuture<Boolean> result(CacheKey key, PatText pat) {
    try {
      return results.get(key, (entry, unused) -> argon2.verify(entry.phc(), pat));
    } catch (RejectedExecutionException full) {
      return CompletableFuture.failedFuture(full);
    }
  }

  private CompletableFuture<Boolean> counted(CompletableFuture<Boolean> result) {
    if (result.isDone()) {
      return result;
    }
    waiting.incrementAndGet();
    return result.whenComplete((unused, failure) -> waiting.decrementAndGet());
  }

  /** Returns to the event loop: Argon2 threads neither sign nor write responses. */
  private static Uni<Boolean> backOnCallersThread(CompletableFuture<Boolean> result) {
    Uni<Boolean> uni = Uni.createFrom().completionStage(result);
    Context caller = Vertx.currentContext();
    return result.isDone() || caller == null ? uni : uni.emitOn(runningOn(caller));
  }

  private static Executor runningOn(Context context) {
    return task -> context.runOnContext(unused -> task.run());
  }

  private record CacheKey(UUID secretId, Lookup lookup, Phc phc) {}
}
