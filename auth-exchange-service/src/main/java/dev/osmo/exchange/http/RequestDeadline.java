package dev.osmo.exchange.http;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Hangs up on a request whose body does not end. A client that sends a byte now and then is never
 * idle, and would hold its connection as long as it likes.
 */
@Singleton
class RequestDeadline {

  private static final int BEFORE_EVERYTHING = 2000;

  private final Vertx vertx;
  private final long millis;

  RequestDeadline(Vertx vertx, AuthExchangeConfig config) {
    this.vertx = vertx;
    this.millis = config.socket().bodyDeadline().toMillis();
  }

  void register(@Observes Filters filters) {
    filters.register(this::watch, BEFORE_EVERYTHING);
  }

  private void watch(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    if (!request.isEnded()) {
      long timer = vertx.setTimer(millis, unused -> hangUpUnlessEnded(request));
      exchange.addEndHandler(unused -> vertx.cancelTimer(timer));
    }
    exchange.next();
  }

  private static void hangUpUnlessEnded(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.connection().close();
    }
  }
}
