package dev.osmo.exchange.limits;

import dev.osmo.exchange.pat.PatId;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.quarkus.runtime.Startup;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * The two limits of this replica: invalid tokens by address, exchanges by token. Both are kept in
 * memory, bounded, and forgotten at a restart. Made at the start, so that a setting that cannot be
 * read ends it.
 */
@Startup
@Singleton
public class Limits {

  private final CurrentVertxRequest currentRequest;
  private final TrustedProxies proxies;
  private final Budgets<ClientAddress> failures;
  private final Budgets<PatId> exchanges;

  Limits(CurrentVertxRequest currentRequest, AuthExchangeConfig config) {
    AuthExchangeConfig.Limits settings = config.limits();
    this.currentRequest = currentRequest;
    this.proxies = TrustedProxies.read(settings.trustedProxies().orElse(List.of()));
    this.failures =
        new Budgets<>(
            new Quota("failures", settings.failuresPerMinute()), settings.rememberedAddresses());
    this.exchanges =
        new Budgets<>(
            new Quota("exchanges", settings.exchangesPerMinute()), settings.rememberedTokens());
  }

  /** Whoever sent the request that is being answered now. */
  public Caller caller() {
    RoutingContext request = currentRequest.getCurrent();
    return new Caller(addressOf(request), request.response(), failures, exchanges);
  }

  private ClientAddress addressOf(RoutingContext request) {
    String peer =
        Optional.ofNullable(request.request().remoteAddress())
            .map(address -> address.hostAddress())
            .orElse(null);
    return proxies.clientOf(peer, request.request().headers().getAll("X-Forwarded-For"));
  }
}
