package dev.osmo.local.gateway;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Refuses a request without exactly one readable {@code Host} (RFC 9112, section 3.2). The router
 * would fail before any of its handlers, and log that.
 */
record OneHost(Handler<HttpServerRequest> next) implements Handler<HttpServerRequest> {

  @Override
  public void handle(HttpServerRequest request) {
    if (request.authority() == null || request.headers().getAll(HttpHeaders.HOST).size() > 1) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      ProblemType.MALFORMED_REQUEST.respond(request.response(), "The request cannot be read.");
    } else {
      next.handle(request);
    }
  }
}
