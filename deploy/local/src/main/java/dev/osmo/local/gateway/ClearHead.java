package dev.osmo.local.gateway;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Refuses a request that gateway and service could understand differently:
 *
 * <ol>
 *   <li>One without exactly one readable {@code Host} (RFC 9112, section 3.2). The router would
 *       fail before any of its handlers, and log that.
 *   <li>One whose {@code Connection} names a header that a service relies on.
 * </ol>
 */
record ClearHead(Handler<HttpServerRequest> next) implements Handler<HttpServerRequest> {

  @Override
  public void handle(HttpServerRequest request) {
    if (hasOneHost(request) && !ConnectionOptions.of(request.headers()).nameHeadersOfTheService()) {
      next.handle(request);
    } else {
      ProblemType.MALFORMED_REQUEST.respondAndClose(request, "The request cannot be read.");
    }
  }

  private static boolean hasOneHost(HttpServerRequest request) {
    return request.authority() != null && request.headers().getAll(HttpHeaders.HOST).size() == 1;
  }
}
