package dev.osmo.exchange.settings;

import dev.osmo.http.timeout.FirstByteTimeoutInitializer;
import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/** The timeout for the first byte of a response. Netty loads it as a service. */
public final class ConnectionTimeouts extends FirstByteTimeoutInitializer {

  @Override
  protected Duration deadline() {
    return ConfigProvider.getConfig()
        .unwrap(SmallRyeConfig.class)
        .getConfigMapping(AuthExchangeConfig.class)
        .socket()
        .answerDeadline();
  }
}
