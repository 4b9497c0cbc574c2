package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the key policy from the settings. */
class KeyPolicyProducer {

  @Produces
  @Singleton
  KeyPolicy keyPolicy(AuthExchangeConfig config) {
    return KeyPolicy.of(config.jwt(), config.keys());
  }
}
