package dev.osmo.exchange.limits;

import dev.osmo.exchange.pat.verification.VerifiedSecrets;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.limits.RefillTime;
import dev.osmo.http.limits.TrustedProxies;
import dev.osmo.http.request.RequestId;
import io.quarkus.runtime.Startup;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The limits of this replica: invalid tokens and sign-ins by address, exchanges and introspections
 * by token or session. The counts are in bounded memory and are lost at a restart. Created at
 * startup, so that an invalid setting is reported there.
 */
@Startup
@ApplicationScoped
public class Limits {

  private final CurrentVertxRequest currentRequest;
  private final VerifiedSecrets verified;
  private final TrustedProxies proxies;
  private final Quotas quotas;

  Limits(
      CurrentVertxRequest currentRequest,
      VerifiedSecrets verified,
      AuthExchangeConfig config,
      RefillTime time) {
    this.currentRequest = currentRequest;
    this.verified = verified;
    this.proxies =
        TrustedProxies.read(
            "auth-exchange.limits.trusted-proxies",
            config.limits().trustedProxies().orElse(List.of()));
    this.quotas = Quotas.of(config.limits(), time);
  }

  /** The caller of the current request. */
  public Caller caller() {
    RoutingContext request = currentRequest.getCurrent();
    return new Caller(
        proxies.clientOf(request.request()),
        RequestId.of(request),
        request.response(),
        verified,
        quotas);
  }
}
