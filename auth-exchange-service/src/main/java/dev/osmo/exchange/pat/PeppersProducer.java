package dev.osmo.exchange.pat;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.start.SecretFile;
import dev.osmo.pat.Peppers;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the peppers from the pepper file. */
class PeppersProducer {

  @Produces
  @Singleton
  Peppers peppers(AuthExchangeConfig config) {
    return SecretFile.ofPeppers(config.pepperFile()).peppers();
  }
}
