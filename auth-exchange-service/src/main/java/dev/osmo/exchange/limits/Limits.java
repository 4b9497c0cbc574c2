package dev.osmo.exchange.limits;

import dev.osmo.exchange.pat.verification.VerifiedSecrets;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.limits.TrustedProxies;
import io.quarkus.runtime.Startup;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The limits of this replica: invalid tokens by address, exchanges and introspections by token. All
 * are kept in memory, bounded, and forgotten at a restart. Made at the start, so that a setting
 * that cannot be read ends it.
 */
@Startup
@Singleton
public class Limits {

  private final CurrentVertxRequest currentRequest;
  private final VerifiedSecrets known;
  private final TrustedProxies proxies;
  private final Quotas quotas;

  Limits(CurrentVertxRequest currentRequest, VerifiedSecrets known, AuthExchangeConfig config) {
    this.currentRequest = currentRequest;
    this.known = known;
    this.proxies =
        TrustedProxies.read(
            "auth-exchange.limits.trusted-proxies",
            config.limits().trustedProxies().orElse(List.of()));
    this.quotas = Quotas.of(config.limits());
  }

  /** Whoever sent the request that is being answered now. */
  public Caller caller() {
    RoutingContext request = currentRequest.getCurrent();
    return new Caller(proxies.clientOf(request.request()), request.response(), known, quotas);
  }
}
