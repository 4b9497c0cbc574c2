package dev.osmo.exchange.settings;

import dev.osmo.http.timeout.RequestBodyTimeout;
import dev.osmo.http.web.PublicAddress;
import dev.osmo.http.web.TokenInUrlRoute;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Configures the shared HTTP edge with this service's settings. */
@ApplicationScoped
class EdgeSetup {

  private final AuthExchangeConfig config;

  EdgeSetup(AuthExchangeConfig config) {
    this.config = config;
  }

  @Produces
  @Singleton
  PublicAddress publicAddress() {
    return new PublicAddress(config.issuer());
  }

  @Produces
  @Singleton
  TokenInUrlRoute tokenInUrl() {
    return (method, path) ->
        config.tokenInUrl() && method.equals("GET") && path.equals("/api/auth/jwt/access_token");
  }

  void register(@Observes Filters filters, Vertx vertx) {
    new RequestBodyTimeout(vertx, config.socket().bodyDeadline()).register(filters);
  }
}
