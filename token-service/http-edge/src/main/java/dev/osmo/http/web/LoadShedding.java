package dev.osmo.http.web;

import dev.osmo.http.problem.DeniedRequests;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Answers 503 in place of the HTTP server while the service is overloaded. If a refusal cost as
 * much as a response, an overloaded service would serve ever less.
 *
 * <ol>
 *   <li>The connection stays open for the next attempt, and the response follows the whole request.
 *   <li>A request that the server may refuse for its own reasons, or that follows another one on
 *       the same connection before its response, is left to the server and does not count.
 *   <li>A request counts from its last byte on, so that a client that sends half of it takes no
 *       place, until its response is written or its connection is closed.
 * </ol>
 */
final class LoadShedding extends ChannelDuplexHandler {

  /** Longer bodies are left to {@link BodyLimit}. */
  private static final long LONGEST_BODY = 4096;

  private static final Refusal BUSY = Refusal.of(HttpProblem.BUSY);

  private final Overload overload;
  private final ProblemResponse problems;
  private int unanswered;
  private Progress ofLimited = Progress.NONE;
  private @Nullable FullHttpResponse refusal;

  /** Of the only request of this connection that counts. */
  private enum Progress {
    NONE,
    ARRIVING,
    IN_WORK
  }

  LoadShedding(Overload overload, ProblemResponse problems) {
    this.overload = overload;
    this.problems = problems;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      head(request);
    }
    FullHttpResponse response = refusal;
    if (response == null) {
      if (ofLimited == Progress.ARRIVING && message instanceof LastHttpContent) {
        ofLimited = Progress.IN_WORK;
        overload.began();
      }
      context.fireChannelRead(message);
    } else {
      ReferenceCountUtil.release(message);
      if (message instanceof LastHttpContent) {
        refusal = null;
        answer(context, response);
      }
    }
  }

  private void head(HttpRequest request) {
    boolean limited = unanswered == 0 && isPlain(request) && overload.limits(request.uri());
    if (limited && overload.isFull()) {
      refusal = response(request);
      return;
    }
    unanswered++;
    if (limited) {
      ofLimited = Progress.ARRIVING;
    }
  }

  private static boolean isPlain(HttpRequest request) {
    return !request.headers().contains(HttpHeaderNames.EXPECT)
        && !HttpUtil.isTransferEncodingChunked(request)
        && HttpUtil.getContentLength(request, 0L) <= LONGEST_BODY;
  }

  private FullHttpResponse response(HttpRequest request) {
    FullHttpResponse response = problems.to(request, BUSY);
    if (!HttpUtil.isKeepAlive(request)) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    return response;
  }

  /** A client that sends requests and reads no responses would fill the memory with them. */
  private static void answer(ChannelHandlerContext context, FullHttpResponse response) {
    DeniedRequests.count(BUSY.type());
    if (context.channel().isWritable()) {
      send(context, response);
    } else {
      response.release();
      ChannelFuture unused = context.close();
    }
  }

  private static void send(ChannelHandlerContext context, FullHttpResponse response) {
    boolean last = response.headers().contains(HttpHeaderNames.CONNECTION);
    ChannelFuture sent = context.writeAndFlush(response);
    if (last) {
      ChannelFuture unused = sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (Responses.endsWith(message)) {
      unanswered--;
      end();
    }
    ChannelFuture unused = context.write(message, promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    end();
  }

  /** Without another response before it: the request was the only one of its connection. */
  private void end() {
    if (ofLimited == Progress.IN_WORK) {
      overload.ended();
    }
    ofLimited = Progress.NONE;
  }
}
