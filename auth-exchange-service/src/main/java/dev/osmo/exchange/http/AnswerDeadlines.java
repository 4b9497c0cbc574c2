package dev.osmo.exchange.http;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/** Gives each connection of a client its deadline. Found by Netty as a service. */
public final class AnswerDeadlines extends ChannelInitializerExtension {

  /** Netty looks for services only when it is told to before it starts. */
  public static void enable() {
    System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
  }

  @Override
  public void postInitializeServerChildChannel(Channel connection) {
    connection.pipeline().addFirst(new AnswerDeadline(deadline()));
  }

  private static Duration deadline() {
    return ConfigProvider.getConfig()
        .unwrap(SmallRyeConfig.class)
        .getConfigMapping(AuthExchangeConfig.class)
        .socket()
        .answerDeadline();
  }
}
