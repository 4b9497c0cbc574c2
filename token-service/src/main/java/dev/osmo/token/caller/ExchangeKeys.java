package dev.osmo.token.caller;

import dev.osmo.http.authority.AuthorityFile;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * The exchange's public keys, refreshed in the background.
 *
 * <ol>
 *   <li>A fetch never blocks the event loop.
 *   <li>The service starts without the exchange. Until it has keys, a request with a JWT gets 503,
 *       never 401.
 *   <li>A failed fetch is retried. The last keys stay in use until they are stale: one of them may
 *       have been revoked since.
 *   <li>Unknown {@code kid} values cause at most one fetch per cooldown, however many arrive.
 * </ol>
 */
@ApplicationScoped
class ExchangeKeys {

  private static final Logger LOG = Logger.getLogger(ExchangeKeys.class);

  private final TokenServiceSettings.Jwks settings;
  private final KeyFetch fetch;
  private final Vertx vertx;
  private volatile KeySet known = KeySet.NONE;
  private volatile long knownSinceNanos;
  private volatile boolean stopped;
  private final AtomicLong lastFetchNanos;

  ExchangeKeys(TokenServiceSettings settings, Vertx vertx) {
    this.vertx = vertx;
    this.settings = settings.jwks();
    this.fetch =
        new KeyFetch(
            this.settings.url(),
            this.settings.caFile().map(AuthorityFile::new),
            this.settings.maxAge());
    this.lastFetchNanos = new AtomicLong(System.nanoTime() - this.settings.cooldown().toNanos());
  }

  void start(@Observes StartupEvent started) {
    refreshRepeatedly();
  }

  /** The keys to verify with now; none while no fetch has succeeded recently. */
  KeySet trusted() {
    boolean isStale = System.nanoTime() - knownSinceNanos > settings.staleAfter().toNanos();
    return isStale ? KeySet.NONE : known;
  }

  /**
   * The keys after a fetch, for a JWT that names an unknown key. Fetches at most once per cooldown
   * and otherwise returns the same keys. Fails with a refusal while there are no keys at all.
   */
  Uni<KeySet> refreshed() {
    KeySet keys = trusted();
    if (keys.isEmpty()) {
      return AccessRefusals.NO_KEYS.toFailure();
    }
    return mayFetchNow() ? fetchNow().map(fetched -> known) : Uni.createFrom().item(keys);
  }

  private Uni<Duration> fetchNow() {
    return Uni.createFrom()
        .completionStage(this::fetchAndRemember)
        .emitOn(MutinyHelper.executor(Vertx.currentContext()));
  }

  private void refreshRepeatedly() {
    if (stopped) {
      return;
    }
    lastFetchNanos.set(System.nanoTime());
    CompletableFuture<Void> unused = fetchAndRemember().thenAccept(this::refreshAfter);
  }

  private void refreshAfter(Duration pause) {
    vertx.setTimer(Math.max(1, pause.toMillis()), unused -> refreshRepeatedly());
  }

  /** Returns the pause until the next fetch. Never fails. */
  private CompletableFuture<Duration> fetchAndRemember() {
    return fetch.run().thenApply(this::store).exceptionally(this::keepAndRetry);
  }

  private boolean mayFetchNow() {
    long last = lastFetchNanos.get();
    long now = System.nanoTime();
    return now - last >= settings.cooldown().toNanos() && lastFetchNanos.compareAndSet(last, now);
  }

  private Duration store(KeyFetch.Fetched fetched) {
    KeySet before = known;
    known = fetched.keys();
    knownSinceNanos = System.nanoTime();
    if (!before.equals(fetched.keys())) {
      LOG.infof("key set changed: kids=%s", fetched.keys().byKid().keySet());
    }
    return fetched.keys().isEmpty() ? settings.retry() : fetched.maxAge();
  }

  private Duration keepAndRetry(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    LOG.warnf("key set fetch failed, retrying: url=%s reason=%s", settings.url(), cause);
    return settings.retry();
  }

  @PreDestroy
  void stop() {
    stopped = true;
    fetch.close();
  }
}
