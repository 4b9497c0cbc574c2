package dev.osmo.token.settings;

import dev.osmo.http.issuer.EventTransmitters;
import dev.osmo.http.issuer.IdentityProviders;
import dev.osmo.http.issuer.TrustedIssuers;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the files of issuers once, at startup, so that an invalid one is reported there. */
class IssuersProducer {

  @Produces
  @Startup
  @Singleton
  TrustedIssuers trustedIssuers(TokenServiceSettings settings) {
    return TrustedIssuers.read(settings.trustedIssuersFile(), settings.issuer());
  }

  @Produces
  @Startup
  @Singleton
  IdentityProviders identityProviders(TokenServiceSettings settings) {
    return IdentityProviders.read(settings.identityProvidersFile(), settings.issuer());
  }

  @Produces
  @Startup
  @Singleton
  EventTransmitters eventTransmitters(TokenServiceSettings settings, IdentityProviders providers) {
    return EventTransmitters.read(
        settings.securityEvents().transmittersFile(), providers, settings.issuer());
  }
}
