package dev.osmo.exchange.jwt.material;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Creates the key-encryption key from the key file, and the key that is derived from it. */
class KeyEncryptionKeyProducer {

  private static final int BEFORE_THE_DATABASE_IS_READ = 1000;

  @Startup(BEFORE_THE_DATABASE_IS_READ)
  @Produces
  @Singleton
  KeyEncryptionKey keyEncryptionKey(AuthExchangeConfig config) {
    return KeyEncryptionKey.read(config.keyFile());
  }

  @Produces
  @Singleton
  RefreshTokenKey refreshTokenKey(KeyEncryptionKey key) {
    return RefreshTokenKey.derivedFrom(key);
  }
}
