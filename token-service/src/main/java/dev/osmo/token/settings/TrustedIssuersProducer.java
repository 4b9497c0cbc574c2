package dev.osmo.token.settings;

import dev.osmo.http.issuer.TrustedIssuers;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Reads the file of trusted issuers once, at startup, so that an invalid one is reported there. */
class TrustedIssuersProducer {

  @Produces
  @Startup
  @Singleton
  TrustedIssuers trustedIssuers(TokenServiceSettings settings) {
    return TrustedIssuers.read(settings.trustedIssuersFile(), settings.issuer());
  }
}
