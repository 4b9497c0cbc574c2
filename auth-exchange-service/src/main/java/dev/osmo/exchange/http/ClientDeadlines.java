package dev.osmo.exchange.http;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.deadline.AnswerDeadlines;
import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/** The deadline for the first byte of an answer. Netty finds it as a service. */
public final class ClientDeadlines extends AnswerDeadlines {

  @Override
  protected Duration deadline() {
    return ConfigProvider.getConfig()
        .unwrap(SmallRyeConfig.class)
        .getConfigMapping(AuthExchangeConfig.class)
        .socket()
        .answerDeadline();
  }
}
