package dev.osmo.http.timeout;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import java.time.Duration;

/**
 * Adds the first-byte timeout to each client connection. A service extends this class with its
 * setting and registers the subclass in {@code META-INF/services}.
 */
public abstract class FirstByteTimeoutInitializer extends ChannelInitializerExtension {

  /** Enables the extension. Must run before Netty starts. */
  public static void enable() {
    System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
  }

  protected abstract Duration deadline();

  @Override
  public void postInitializeServerChildChannel(Channel connection) {
    connection.pipeline().addFirst(new FirstByteTimeoutHandler(deadline()));
  }
}
