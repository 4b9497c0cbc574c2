package dev.osmo.exchange.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hangs up when no byte of an answer has left so long after the first byte of a request came: the
 * request is not complete yet, and may never be. Stands before everything that understands HTTP,
 * where there is no request to watch yet.
 */
final class AnswerDeadline extends ChannelDuplexHandler {

  private final Duration deadline;
  private @Nullable Future<?> end;

  AnswerDeadline(Duration deadline) {
    this.deadline = deadline;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (end == null) {
      end =
          context
              .executor()
              .schedule(() -> hangUp(context), deadline.toMillis(), TimeUnit.MILLISECONDS);
    }
    context.fireChannelRead(bytes);
  }

  @Override
  public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) {
    rest();
    ChannelFuture unused = context.write(bytes, promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    rest();
    context.fireChannelInactive();
  }

  private static void hangUp(ChannelHandlerContext context) {
    ChannelFuture unused = context.close();
  }

  private void rest() {
    Future<?> waiting = end;
    if (waiting != null) {
      waiting.cancel(false);
      end = null;
    }
  }
}
