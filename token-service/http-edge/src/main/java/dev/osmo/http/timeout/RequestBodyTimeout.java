package dev.osmo.http.timeout;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * Closes the connection of a request whose body is not complete within the timeout. The idle
 * timeout does not apply to a client that sends a byte from time to time.
 */
public record RequestBodyTimeout(Vertx vertx, Duration deadline) {

  private static final int FIRST_FILTER_PRIORITY = 2000;

  public void register(Filters filters) {
    filters.register(this::watch, FIRST_FILTER_PRIORITY);
  }

  private void watch(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!request.isEnded()) {
      long timer = vertx.setTimer(deadline.toMillis(), unused -> closeUnlessEnded(request));
      context.addEndHandler(unused -> vertx.cancelTimer(timer));
    }
    context.next();
  }

  private static void closeUnlessEnded(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.connection().close();
    }
  }
}
