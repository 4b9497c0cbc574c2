package dev.osmo.http.timeout;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection if no response byte was sent within the timeout after the first request byte.
 * Runs before the HTTP codec, because no filter is called for a request whose header is incomplete.
 */
final class FirstByteTimeoutHandler extends ChannelDuplexHandler {

  private final Duration deadline;
  private @Nullable Future<?> timer;

  FirstByteTimeoutHandler(Duration deadline) {
    this.deadline = deadline;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (timer == null) {
      timer =
          context
              .executor()
              .schedule(() -> close(context), deadline.toMillis(), TimeUnit.MILLISECONDS);
    }
    context.fireChannelRead(bytes);
  }

  @Override
  public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) {
    cancel();
    ChannelFuture unused = context.write(bytes, promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    cancel();
    context.fireChannelInactive();
  }

  private static void close(ChannelHandlerContext context) {
    ChannelFuture unused = context.close();
  }

  private void cancel() {
    Future<?> waiting = timer;
    if (waiting != null) {
      waiting.cancel(false);
      timer = null;
    }
  }
}
