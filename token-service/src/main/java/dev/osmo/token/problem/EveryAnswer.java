package dev.osmo.token.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.MDC;

/**
 * Gives every answer, also those from outside the resources, its request id and the headers that
 * browsers obey.
 */
@ApplicationScoped
class EveryAnswer {

  private static final int BEFORE_EVERYTHING = 1000;

  void register(@Observes Filters filters) {
    filters.register(EveryAnswer::prepare, BEFORE_EVERYTHING);
  }

  private static void prepare(RoutingContext request) {
    RequestId id = RequestId.acceptOrMake(request.request().getHeader(RequestId.HEADER));
    id.keepIn(request);
    MDC.put("request_id", id.value());
    MultiMap headers = request.response().headers();
    headers.set(RequestId.HEADER, id.value());
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cache-Control", "no-store");
    request.next();
  }
}
