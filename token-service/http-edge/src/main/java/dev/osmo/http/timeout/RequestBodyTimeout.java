package dev.osmo.http.timeout;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * Closes the connection of a request whose body is not complete within the timeout. The idle
 * timeout does not apply to a client that sends a byte from time to time. A request without a body
 * has arrived with its head, even if the service has not read its end yet: what it waits for then
 * has its own deadlines and responses.
 */
public record RequestBodyTimeout(Vertx vertx, Duration deadline) {

  private static final int FIRST_FILTER_PRIORITY = 2000;

  public void register(Filters filters) {
    filters.register(this::watch, FIRST_FILTER_PRIORITY);
  }

  void watch(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!request.isEnded() && hasBody(request)) {
      long timer = vertx.setTimer(deadline.toMillis(), unused -> closeUnlessEnded(request));
      context.addEndHandler(unused -> vertx.cancelTimer(timer));
    }
    context.next();
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }

  private static void closeUnlessEnded(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.connection().close();
    }
  }
}
