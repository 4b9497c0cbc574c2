package dev.osmo.exchange.pat.secret;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What this room's beans share. */
class PatRoom {

  @Produces
  @Singleton
  Peppers peppers(AuthExchangeConfig config) {
    return Peppers.read(config.pepperFile());
  }
}
