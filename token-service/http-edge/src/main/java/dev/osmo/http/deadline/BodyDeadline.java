package dev.osmo.http.deadline;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * Closes the connection of a request whose body does not end within the deadline. A client that
 * sends a byte now and then is never idle, so the idle timeout would keep its connection open.
 */
public record BodyDeadline(Vertx vertx, Duration deadline) {

  private static final int BEFORE_EVERYTHING = 2000;

  public void register(Filters filters) {
    filters.register(this::watch, BEFORE_EVERYTHING);
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
