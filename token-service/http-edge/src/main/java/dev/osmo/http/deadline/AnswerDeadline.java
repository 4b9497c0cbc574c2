package dev.osmo.http.deadline;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection when no byte of an answer was sent within the deadline after the first byte
 * of a request: the request is not complete and may never be. Stands before the HTTP codec, because
 * an incomplete header is not yet a request that a filter could watch.
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
    Future<?> waiting = end;
    if (waiting != null) {
      waiting.cancel(false);
      end = null;
    }
  }
}
