package dev.osmo.exchange.pat;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.settings.SecretFile;
import dev.osmo.pat.Peppers;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the peppers from the pepper file. */
class PeppersProducer {

  @Produces
  @Singleton
  Peppers peppers(AuthExchangeConfig config) {
    SecretFile file = new SecretFile("pepper file", config.pepperFile());
    try {
      return Peppers.parse(file.lines());
    } catch (IllegalArgumentException malformed) {
      throw file.cannotStart(String.valueOf(malformed.getMessage()));
    }
  }
}
