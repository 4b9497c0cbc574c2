package dev.osmo.exchange.pat;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.settings.SecretFile;
import dev.osmo.pat.Peppers;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What this room's beans share. */
class PatRoom {

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
