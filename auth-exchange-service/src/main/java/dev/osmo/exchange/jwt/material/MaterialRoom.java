package dev.osmo.exchange.jwt.material;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What this room's beans share. */
class MaterialRoom {

  @Produces
  @Singleton
  KeyEncryptionKey keyEncryptionKey(AuthExchangeConfig config) {
    return KeyEncryptionKey.read(config.keyFile());
  }
}
