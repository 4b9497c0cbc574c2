package dev.osmo.token.settings;

import dev.osmo.http.web.PublicAddress;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Configures the shared HTTP edge with this service's settings. */
class EdgeSetup {

  @Produces
  @Singleton
  PublicAddress publicAddress(TokenServiceSettings settings) {
    return new PublicAddress(settings.issuer());
  }
}
