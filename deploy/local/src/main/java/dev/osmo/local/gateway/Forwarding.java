package dev.osmo.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * Sets the forwarding headers of a request, removes the headers of one connection in both
 * directions, and responds with a problem if the service is not reachable.
 */
final class Forwarding implements ProxyInterceptor {
  private static final Logger LOG = System.getLogger(Forwarding.class.getName());

  /**
   * No proxy is in front of this gateway, so these headers come from the client and are removed.
   */
  static final List<String> UNTRUSTED =
      List.of(
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Proto",
          "X-Forwarded-Prefix",
          "X-Real-IP");

  private final String service;

  Forwarding(String service) {
    this.service = service;
  }

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    RequestTarget target = RequestTarget.of(context.request().getURI());
    context.request().setURI(target.originForm());
    setForwardedHeaders(context.request().headers(), context.request().proxiedRequest(), target);
    return context.sendRequest().recover(failure -> unavailable(context, failure));
  }

  @Override
  public Future<Void> handleProxyResponse(ProxyContext context) {
    MultiMap headers = context.response().headers();
    ConnectionOptions.of(headers).removeFrom(headers);
    return context.sendResponse();
  }

  private static void setForwardedHeaders(
      MultiMap headers, HttpServerRequest request, RequestTarget target) {
    ConnectionOptions.of(headers).removeFrom(headers);
    UNTRUSTED.forEach(headers::remove);
    // This gateway has already sent the response 100.
    headers.remove(HttpHeaders.EXPECT);
    headers.set("X-Forwarded-For", request.remoteAddress().hostAddress());
    headers.set("X-Forwarded-Proto", "http");
    target
        .authority()
        .or(() -> Optional.ofNullable(request.authority()).map(HostAndPort::toString))
        .ifPresent(host -> headers.set("X-Forwarded-Host", host));
  }

  private Future<ProxyResponse> unavailable(ProxyContext context, Throwable failure) {
    LOG.log(Level.WARNING, "{0} is not reachable: {1}", service, failure.getMessage());
    ProxyResponse response = context.request().release().response();
    response
        .setStatusCode(ProblemType.SERVICE_UNAVAILABLE.status())
        .putHeader("Content-Type", ProblemType.MEDIA_TYPE)
        .putHeader("Cache-Control", "no-store")
        .putHeader("Link", ProblemType.SERVICE_UNAVAILABLE.help())
        .putHeader("Retry-After", "1")
        .setBody(
            Body.body(
                ProblemType.SERVICE_UNAVAILABLE.body(
                    service + " is not reachable; try again in a moment.")));
    return Future.succeededFuture(response);
  }
}
