package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Creates the key policy from the settings. */
class KeyPolicyProducer {

  private static final int BEFORE_THE_DATABASE_IS_READ = 1000;

  @Startup(BEFORE_THE_DATABASE_IS_READ)
  @Produces
  @Singleton
  KeyPolicy keyPolicy(AuthExchangeConfig config) {
    return KeyPolicy.of(config.jwt(), config.keys());
  }
}
