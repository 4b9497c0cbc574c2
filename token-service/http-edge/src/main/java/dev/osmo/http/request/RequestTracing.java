package dev.osmo.http.request;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.MDC;

/**
 * Assigns an id to every request and puts it, with the caller's trace id, into the log context.
 * Every response contains the id.
 */
@Singleton
public class RequestTracing {

  private static final int BEFORE_ALL_ANSWERS = 1000;

  public void register(@Observes Filters filters) {
    filters.register(RequestTracing::begin, BEFORE_ALL_ANSWERS);
  }

  private static void begin(RoutingContext context) {
    HttpServerRequest request = context.request();
    RequestId id = RequestId.acceptOrGenerate(request.getHeader(RequestId.HEADER));
    id.keepIn(context);
    MDC.put("request_id", id.value());
    TraceId.of(request.getHeader(TraceId.HEADER))
        .ifPresent(trace -> MDC.put("trace_id", trace.value()));
    context.response().putHeader(RequestId.HEADER, id.value());
    context.next();
  }
}
