package dev.osmo.token.caller;

import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * The keys that verify logins, kept fresh in the background.
 *
 * <ol>
 *   <li>No request ever waits for a fetch on its event loop.
 *   <li>The service starts without the exchange; until keys are there, a login is answered "not
 *       yet", never "invalid".
 *   <li>A failed fetch is tried again, and the keys of the last good one stay, but not for ever:
 *       one of them may have been revoked meanwhile.
 *   <li>A {@code kid} that is not known causes one fetch at most per cooldown, whoever sends it.
 * </ol>
 */
@ApplicationScoped
class ExchangeKeys {

  private static final Logger LOG = Logger.getLogger(ExchangeKeys.class);

  private final TokenServiceSettings.Jwks settings;
  private final KeyFetch fetch;
  private volatile KeySet known = KeySet.NONE;
  private volatile long knownSinceNanos;
  private volatile boolean stopped;
  private final AtomicLong lastFetchNanos;

  ExchangeKeys(TokenServiceSettings settings) {
    this.settings = settings.jwks();
    this.fetch = new KeyFetch(this.settings.url(), this.settings.maxAge());
    this.lastFetchNanos = new AtomicLong(System.nanoTime() - this.settings.cooldown().toNanos());
  }

  void start(@Observes StartupEvent started) {
    refreshForEver();
  }

  /**
   * The key of this id, empty when the exchange publishes none; fails with a refusal while no keys
   * are known at all.
   */
  Uni<Optional<PublicKey>> find(String kid) {
    KeySet keys = known();
    if (keys.isEmpty()) {
      return AccessRefusals.NO_KEYS.toFailure();
    }
    return keys.find(kid).isPresent() || !mayFetchNow()
        ? Uni.createFrom().item(keys.find(kid))
        : fetchNow().map(fetched -> known.find(kid));
  }

  private KeySet known() {
    boolean isStale = System.nanoTime() - knownSinceNanos > settings.staleAfter().toNanos();
    return isStale ? KeySet.NONE : known;
  }

  private Uni<Duration> fetchNow() {
    return Uni.createFrom()
        .completionStage(this::fetchAndRemember)
        .emitOn(MutinyHelper.executor(Vertx.currentContext()));
  }

  private void refreshForEver() {
    if (stopped) {
      return;
    }
    lastFetchNanos.set(System.nanoTime());
    CompletableFuture<Void> unused = fetchAndRemember().thenAccept(this::refreshAfter);
  }

  private void refreshAfter(Duration pause) {
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
        .execute(this::refreshForEver);
  }

  /** Never fails; the pause until the next one. */
  private CompletableFuture<Duration> fetchAndRemember() {
    return fetch.run().thenApply(this::remember).exceptionally(this::keepAndRetry);
  }

  private boolean mayFetchNow() {
    long last = lastFetchNanos.get();
    long now = System.nanoTime();
    return now - last >= settings.cooldown().toNanos() && lastFetchNanos.compareAndSet(last, now);
  }

  private Duration remember(KeyFetch.Fetched fetched) {
    KeySet before = known;
    known = fetched.keys();
    knownSinceNanos = System.nanoTime();
    if (!before.equals(fetched.keys())) {
      LOG.infof("keys of the exchange: kids=%s", fetched.keys().byKid().keySet());
    }
    return fetched.keys().isEmpty() ? settings.retry() : fetched.maxAge();
  }

  private Duration keepAndRetry(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    LOG.warnf(
        "keys of the exchange cannot be fetched, trying again: url=%s reason=%s",
        settings.url(), cause);
    return settings.retry();
  }

  @PreDestroy
  void stop() {
    stopped = true;
    fetch.close();
  }
}
