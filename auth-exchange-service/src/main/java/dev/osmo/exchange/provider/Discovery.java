package dev.osmo.exchange.provider;

import dev.osmo.exchange.outgoing.Answer;
import dev.osmo.exchange.outgoing.Answer.Json;
import dev.osmo.exchange.outgoing.Answer.None;
import dev.osmo.exchange.outgoing.OutgoingHttp;
import dev.osmo.exchange.outgoing.OutgoingRequest;
import dev.osmo.http.issuer.IdentityProvider;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the discovery document of one provider.
 *
 * <ol>
 *   <li>A document is used for five minutes. If it cannot be read again, it is used for another
 *       hour.
 *   <li>A person is sent to the provider only if it answered within the last five seconds.
 *   <li>However many callers wait, one request is sent at a time. After a failure, none is sent for
 *       five seconds.
 *   <li>The document must name exactly the configured issuer.
 * </ol>
 */
final class Discovery {

  private static final Logger LOG = Logger.getLogger(Discovery.class);

  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration OUTAGE = Duration.ofHours(1);
  private static final Duration CONFIRMED = Duration.ofSeconds(5);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final String PATH = "/.well-known/openid-configuration";

  private final IdentityProvider provider;
  private final OutgoingHttp http;
  private final LongSupplier nanos;

  private @Nullable Known known;
  private @Nullable Long failedAt;
  private @Nullable Uni<Optional<ProviderMetadata>> running;

  private record Known(ProviderMetadata metadata, long readAt) {}

  Discovery(IdentityProvider provider, OutgoingHttp http, LongSupplier nanos) {
    this.provider = provider;
    this.http = http;
    this.nanos = nanos;
  }

  /** The addresses of the provider; empty if they cannot be read. On the caller's context. */
  Uni<Optional<ProviderMetadata>> metadata() {
    return noOlderThan(FRESH);
  }

  /** The same, but also empty if the provider does not answer now. */
  Uni<Optional<ProviderMetadata>> confirmed() {
    return noOlderThan(CONFIRMED).map(read -> read.filter(unused -> answersNow()));
  }

  private Uni<Optional<ProviderMetadata>> noOlderThan(Duration age) {
    return Uni.createFrom()
        .deferred(() -> knownOrRead(age))
        .emitOn(MutinyHelper.executor(Vertx.currentContext()));
  }

  private synchronized Uni<Optional<ProviderMetadata>> knownOrRead(Duration age) {
    if (isKnownFor(age) || hasJustFailed()) {
      return Uni.createFrom().item(lastKnown());
    }
    Uni<Optional<ProviderMetadata>> reading = running;
    if (reading == null) {
      reading = read().memoize().indefinitely();
      running = reading;
    }
    return reading;
  }

  private Uni<Optional<ProviderMetadata>> read() {
    String base = provider.issuer().replaceAll("/$", "");
    return http.send(OutgoingRequest.get(URI.create(base + PATH))).map(this::completed);
  }

  private synchronized Optional<ProviderMetadata> completed(Answer answer) {
    running = null;
    Optional<ProviderMetadata> read =
        answer instanceof Json document
            ? ProviderMetadata.read(document, provider.issuer())
            : Optional.empty();
    if (read.isPresent()) {
      known = new Known(read.get(), nanos.getAsLong());
      failedAt = null;
    } else {
      failedAt = nanos.getAsLong();
      LOG.warnf(
          "the discovery document cannot be used: provider=%s reason=%s",
          provider.name(),
          answer instanceof None none ? none.reason() : "not the document of this issuer");
    }
    return lastKnown();
  }

  private Optional<ProviderMetadata> lastKnown() {
    Known last = known;
    return last != null && isKnownFor(OUTAGE) ? Optional.of(last.metadata()) : Optional.empty();
  }

  private boolean isKnownFor(Duration time) {
    return known != null && nanos.getAsLong() - known.readAt() < time.toNanos();
  }

  private synchronized boolean answersNow() {
    return failedAt == null;
  }

  private boolean hasJustFailed() {
    return failedAt != null && nanos.getAsLong() - failedAt < AFTER_FAILURE.toNanos();
  }
}
