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
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the head of each request before the HTTP server reads it.
 *
 * <ol>
 *   <li>A method that HTTP does not define gets the name {@code OTHER}. The server makes the method
 *       a label of its metrics and keeps each label until it stops.
 *   <li>A head that the server cannot read gets a problem document. The server would answer without
 *       one, or fail and log the target, which may hold a token.
 *   <li>A chunked body that is empty counts as no body. Other chunked bodies are left to {@link
 *       BodyLimit}.
 * </ol>
 *
 * <p>A refusal waits for the responses to earlier requests and closes the connection.
 */
final class RequestHeadCheck extends ChannelDuplexHandler {

  private static final HttpMethod OTHER = new HttpMethod("OTHER");
  private static final Set<HttpMethod> DEFINED =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS,
          HttpMethod.TRACE);

  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

  /** Origin form or absolute form, of the characters of RFC 3986 with each {@code %} decodable. */
  private static final Pattern TARGET =
      Pattern.compile(
          "(?:https?://([^/]*))?/(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]++|%[0-9A-Fa-f]{2})*+");

  private final ProblemResponse problems;

  /** The last host and target that passed: most clients repeat them. */
  private String checkedHost = "";

  private String checkedTarget = "";
  private int unanswered;
  private @Nullable FullHttpResponse refusal;
  private @Nullable HttpRequest held;
  private boolean last;

  RequestHeadCheck(ProblemResponse problems) {
    this.problems = problems;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (refusal != null || last) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest request) {
      check(context, request);
    } else if (held != null) {
      release(context, held, message);
    } else {
      context.fireChannelRead(message);
    }
  }

  private void release(ChannelHandlerContext context, HttpRequest request, Object firstContent) {
    held = null;
    if (firstContent instanceof LastHttpContent end
        && !end.content().isReadable()
        && end.trailingHeaders().isEmpty()) {
      request.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
      // The request may also have named a length. Then it is unclear where the next one begins.
      request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      last = true;
    }
    context.fireChannelRead(request);
    context.fireChannelRead(firstContent);
  }

  private void check(ChannelHandlerContext context, HttpRequest request) {
    if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)
        && !request.headers().contains(HttpHeaderNames.HOST)) {
      // HTTP/1.0 has no Host, and simple health checks send none. The server fails without one.
      request.headers().set(HttpHeaderNames.HOST, "localhost");
    }
    Optional<HttpProblem> problem = problemOf(request);
    if (problem.isPresent()) {
      refusal = response(request, problem.get());
      DeniedRequests.count(problem.get());
      ReferenceCountUtil.release(request);
      if (unanswered == 0) {
        send(context, refusal);
      }
    } else {
      if (!DEFINED.contains(request.method())) {
        request.setMethod(OTHER);
      }
      unanswered++;
      if (isChunked(request)) {
        held = request;
      } else {
        context.fireChannelRead(request);
      }
    }
  }

  /** A client that waits for the response 100 before it sends the body is not to be held. */
  private static boolean isChunked(HttpRequest request) {
    List<String> encodings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return encodings.size() == 1
        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.getFirst())
        && !request.headers().contains(HttpHeaderNames.EXPECT);
  }

  private Optional<HttpProblem> problemOf(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(
          switch (request.decoderResult().cause()) {
            case TooLongHttpLineException line -> HttpProblem.URI_TOO_LONG;
            case TooLongHttpHeaderException headers -> HttpProblem.HEADERS_TOO_LARGE;
            default -> HttpProblem.MALFORMED_REQUEST;
          });
    }
    return isReadable(request) ? Optional.empty() : Optional.of(HttpProblem.MALFORMED_REQUEST);
  }

  private boolean isReadable(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    return (version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0))
        && hosts.size() == 1
        && isReadable(hosts.getFirst(), request.uri());
  }

  private boolean isReadable(String host, String target) {
    if (host.equals(checkedHost) && target.equals(checkedTarget)) {
      return true;
    }
    boolean readable = isHost(host) && isTarget(target);
    if (readable) {
      checkedHost = host;
      checkedTarget = target;
    }
    return readable;
  }

  private static boolean isHost(String text) {
    HostAndPort host = HostAndPort.parseAuthority(text, -1);
    return HOST.matcher(text).matches()
        && host != null
        && (!text.startsWith("[") || NetUtil.isValidIpV6Address(host.host()));
  }

  private static boolean isTarget(String text) {
    Matcher target = TARGET.matcher(text);
    return target.matches() && (target.group(1) == null || isHost(target.group(1)));
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    boolean endsResponse = Responses.endsWith(message);
    ChannelFuture unused = context.write(message, promise);
    if (endsResponse) {
      unanswered--;
      if (unanswered == 0 && refusal != null) {
        send(context, refusal);
      }
    }
  }

  private static void send(ChannelHandlerContext context, FullHttpResponse response) {
    ChannelFuture unused = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  /** The rest of the connection cannot be read. */
  private FullHttpResponse response(HttpRequest request, HttpProblem problem) {
    FullHttpResponse response = problems.to(request, Refusal.of(problem));
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return response;
  }
}
