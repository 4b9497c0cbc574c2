package dev.osmo.exchange.signin;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.issuer.IdentityProviders;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the file of identity providers at startup, so that an invalid one is reported there. */
class IdentityProvidersProducer {

  @Produces
  @Startup
  @Singleton
  IdentityProviders identityProviders(AuthExchangeConfig config) {
    return IdentityProviders.read(config.identityProvidersFile(), config.issuer());
  }
}
