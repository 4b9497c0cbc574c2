package dev.osmo.token.settings;

import dev.osmo.http.web.PublicAddress;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives the shared HTTP edge this service's settings. */
class EdgeSetup {

  @Produces
  @Singleton
  PublicAddress publicAddress(TokenServiceSettings settings) {
    return new PublicAddress(settings.issuer());
  }
}
