package dev.osmo.exchange.pat;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.start.SecretFile;
import dev.osmo.pat.Peppers;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Creates the peppers from the pepper file. */
class PeppersProducer {

  private static final int BEFORE_THE_DATABASE_IS_READ = 1000;

  @Startup(BEFORE_THE_DATABASE_IS_READ)
  @Produces
  @Singleton
  Peppers peppers(AuthExchangeConfig config) {
    return SecretFile.ofPeppers(config.pepperFile()).peppers();
  }
}
