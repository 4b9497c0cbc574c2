package dev.osmo.token.web;

import dev.osmo.token.problem.RequestId;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.MDC;

/**
 * Gives every answer, also those from outside the resources, its request id and the headers that
 * browsers obey. No header opens anything to another origin: CORS stays closed.
 */
@ApplicationScoped
class ResponseHeaders {

  private static final int BEFORE_EVERYTHING = 1000;

  private final boolean overTls;

  ResponseHeaders(TokenServiceSettings settings) {
    this.overTls = settings.issuer().startsWith("https:");
  }

  void register(@Observes Filters filters) {
    filters.register(this::prepare, BEFORE_EVERYTHING);
  }

  private void prepare(RoutingContext request) {
    RequestId id = RequestId.acceptOrMake(request.request().getHeader(RequestId.HEADER));
    id.keepIn(request);
    MDC.put("request_id", id.value());
    MultiMap headers = request.response().headers();
    headers.set(RequestId.HEADER, id.value());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    if (overTls) {
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
    request.next();
  }
}
