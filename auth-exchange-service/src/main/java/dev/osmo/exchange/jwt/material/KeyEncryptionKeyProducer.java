package dev.osmo.exchange.jwt.material;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the key-encryption key from the key file. */
class KeyEncryptionKeyProducer {

  @Produces
  @Singleton
  KeyEncryptionKey keyEncryptionKey(AuthExchangeConfig config) {
    return KeyEncryptionKey.read(config.keyFile());
  }
}
