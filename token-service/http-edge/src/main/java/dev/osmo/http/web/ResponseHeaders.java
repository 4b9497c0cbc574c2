package dev.osmo.http.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Adds security headers to every response, including responses that no resource produced. A
 * cacheable route sets its own {@code Cache-Control}. CORS is disabled.
 */
@Singleton
public class ResponseHeaders {

  private static final int AFTER_THE_REQUEST_ID = 950;

  private final boolean usesTls;

  public ResponseHeaders(PublicAddress address) {
    this.usesTls = address.usesTls();
  }

  public void register(@Observes Filters filters) {
    filters.register(this::add, AFTER_THE_REQUEST_ID);
  }

  private void add(RoutingContext request) {
    MultiMap headers = request.response().headers();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    if (usesTls) {
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
    request.addHeadersEndHandler(unused -> forbidCaching(headers));
    request.next();
  }

  /**
   * Runs as the last step: a header that is set earlier would be sent in addition to that of the
   * resource.
   */
  private static void forbidCaching(MultiMap headers) {
    if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
      headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    }
  }
}
