package dev.osmo.exchange.testing;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** The settings of the service for tests that do not start it. */
public final class Settings {

  private Settings() {}

  /** The defaults with some values replaced. */
  public static AuthExchangeConfig with(Map<String, String> some) {
    Map<String, String> all = new HashMap<>(some);
    all.putIfAbsent("auth-exchange.issuer", ServiceSetup.ISSUER);
    all.putIfAbsent("auth-exchange.pepper-file", "not-read");
    all.putIfAbsent("auth-exchange.key-file", "not-read");
    ServiceSetup.ANY_HASH.forEach(all::putIfAbsent);
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(AuthExchangeConfig.class)
        .withDefaultValues(all)
        .build()
        .getConfigMapping(AuthExchangeConfig.class);
  }
}
