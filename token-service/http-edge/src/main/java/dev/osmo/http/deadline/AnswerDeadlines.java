package dev.osmo.http.deadline;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import java.time.Duration;

/**
 * Gives each client connection its deadline for the first byte of an answer. A service extends it
 * with its setting and names the class in {@code META-INF/services}, where Netty finds it.
 */
public abstract class AnswerDeadlines extends ChannelInitializerExtension {

  /** Makes Netty load the extension. Must run before Netty starts. */
  public static void enable() {
    System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
  }

  protected abstract Duration deadline();

  @Override
  public void postInitializeServerChildChannel(Channel connection) {
    connection.pipeline().addFirst(new AnswerDeadline(deadline()));
  }
}
