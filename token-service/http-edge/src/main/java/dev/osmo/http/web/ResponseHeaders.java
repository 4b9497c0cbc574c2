package dev.osmo.http.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds security headers to every response, including responses that no resource produced. A
 * cacheable route sets its own {@code Cache-Control}, a public one its own CORS headers, and a web
 * page its own {@code Content-Security-Policy}.
 */
@Singleton
public class ResponseHeaders {

  private static final int AFTER_THE_REQUEST_ID = 950;

  private static final Map<String, String> FOR_BROWSERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin");

  private final Map<String, String> all;

  public ResponseHeaders(PublicAddress address) {
    Map<String, String> headers = new HashMap<>(FOR_BROWSERS);
    if (address.usesTls()) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
    this.all = Map.copyOf(headers);
  }

  /** The headers of every response. */
  Map<String, String> all() {
    return all;
  }

  public void register(@Observes Filters filters) {
    filters.register(this::add, AFTER_THE_REQUEST_ID);
  }

  private void add(RoutingContext request) {
    MultiMap headers = request.response().headers();
    request.addHeadersEndHandler(unused -> complete(headers));
    request.next();
  }

  /**
   * Runs as the last step: a header that is set earlier would be sent in addition to that of the
   * resource.
   */
  private void complete(MultiMap headers) {
    if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
      headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    all.forEach(
        (name, value) -> {
          if (!headers.contains(name)) {
            headers.set(name, value);
          }
        });
  }
}
