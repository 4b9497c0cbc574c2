package dev.osmo.http.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslHandler;
import io.quarkus.arc.Arc;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link RequestHeadCheck} and, if the service has an {@link Overload}, {@link LoadShedding}
 * between the HTTP codec and the HTTP server of each connection. Netty finds this class as a
 * service.
 */
public final class RequestHeads extends ChannelInitializerExtension {

  private static final String SERVER = "handler";

  private final ProblemResponse problems;
  private final Supplier<@Nullable Overload> overload;

  /** Called by Netty. */
  public RequestHeads() {
    this(
        () -> Arc.container().instance(ResponseHeaders.class).get().all(),
        () -> Arc.container().instance(Overload.class).get());
  }

  RequestHeads(Supplier<Map<String, String>> headers, Supplier<@Nullable Overload> overload) {
    this.problems = new ProblemResponse(new ObjectMapper(), headers);
    this.overload = overload;
  }

  @Override
  public void postInitializeServerChildChannel(Channel connection) {
    connection.pipeline().addFirst(new OnFirstBytes());
  }

  private void shed(ChannelPipeline pipeline) {
    Overload ofService = overload.get();
    if (ofService != null) {
      pipeline.addBefore(SERVER, null, new LoadShedding(ofService, problems));
    }
  }

  /**
   * The server builds its pipeline after the extensions ran: at once, or after the TLS handshake.
   */
  private final class OnFirstBytes extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      ChannelPipeline pipeline = context.pipeline();
      ChannelHandlerContext tls = pipeline.context(SslHandler.class);
      if (pipeline.get(HttpRequestDecoder.class) != null) {
        pipeline.addBefore(SERVER, null, new RequestHeadCheck(problems));
        shed(pipeline);
        pipeline.remove(this);
      } else if (tls != null) {
        pipeline.addAfter(tls.name(), null, new OnFirstBytes());
        pipeline.remove(this);
      }
      context.fireChannelRead(bytes);
    }
  }
}
