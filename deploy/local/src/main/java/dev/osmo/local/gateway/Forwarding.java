package dev.osmo.local.gateway;

import dev.osmo.local.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Tells the service who really asked, and the client in plain words when the service does not
 * answer.
 */
final class Forwarding implements ProxyInterceptor {
  private static final Logger LOG = System.getLogger(Forwarding.class.getName());

  /**
   * What a client may claim about its own way here counts for nothing: nobody stands before this
   * gateway.
   */
  private static final List<String> CLAIMS =
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
    setForwardedHeaders(context.request().headers(), context.request().proxiedRequest());
    return context.sendRequest().recover(failure -> unavailable(context, failure));
  }

  private static void setForwardedHeaders(MultiMap headers, HttpServerRequest request) {
    CLAIMS.forEach(headers::remove);
    headers.set("X-Forwarded-For", request.remoteAddress().hostAddress());
    headers.set("X-Forwarded-Proto", "http");
    if (request.authority() != null) {
      headers.set("X-Forwarded-Host", request.authority().toString());
    }
  }

  private Future<ProxyResponse> unavailable(ProxyContext context, Throwable failure) {
    LOG.log(Level.WARNING, "{0} does not answer: {1}", service, failure.getMessage());
    ProxyResponse response = context.request().release().response();
    response
        .setStatusCode(ProblemType.SERVICE_UNAVAILABLE.status())
        .putHeader("Content-Type", ProblemType.MEDIA_TYPE)
        .putHeader("Cache-Control", "no-store")
        .putHeader("Retry-After", "1")
        .setBody(
            Body.body(
                ProblemType.SERVICE_UNAVAILABLE.body(
                    service + " does not answer; try again in a moment.")));
    return Future.succeededFuture(response);
  }
}
