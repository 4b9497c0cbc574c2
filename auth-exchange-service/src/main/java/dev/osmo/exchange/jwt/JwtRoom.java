package dev.osmo.exchange.jwt;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What this room's beans share. */
class JwtRoom {

  @Produces
  @Singleton
  KeyEncryptionKey keyEncryptionKey(AuthExchangeConfig config) {
    return KeyEncryptionKey.read(config.keyFile());
  }

  @Produces
  @Singleton
  KeyPolicy keyPolicy(AuthExchangeConfig config) {
    return KeyPolicy.of(config.jwt(), config.keys());
  }
}
