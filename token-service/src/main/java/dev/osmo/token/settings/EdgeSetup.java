package dev.osmo.token.settings;

import dev.osmo.http.timeout.RequestBodyTimeout;
import dev.osmo.http.web.PublicAddress;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Configures the shared HTTP edge with this service's settings. */
@ApplicationScoped
class EdgeSetup {

  private final TokenServiceSettings settings;

  EdgeSetup(TokenServiceSettings settings) {
    this.settings = settings;
  }

  @Produces
  @Singleton
  PublicAddress publicAddress() {
    return new PublicAddress(settings.issuer());
  }

  void register(@Observes Filters filters, Vertx vertx) {
    new RequestBodyTimeout(vertx, settings.socket().bodyDeadline()).register(filters);
  }
}
