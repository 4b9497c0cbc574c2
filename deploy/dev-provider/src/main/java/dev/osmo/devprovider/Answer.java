package dev.osmo.devprovider;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An HTTP response. */
record Answer(int status, Map<String, String> headers, String body) {

  static Answer json(String body) {
    return new Answer(200, Map.of("Content-Type", "application/json"), body);
  }

  static Answer page(int status, String html) {
    return new Answer(
        status,
        Map.of(
            "Content-Type",
            "text/html; charset=utf-8",
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        html);
  }

  static Answer redirect(URI location) {
    return new Answer(303, Map.of("Location", location.toString()), "");
  }

  /** An error of RFC 6749, section 5.2. */
  static Answer error(ErrorObject error) {
    return new Answer(
        error.getHTTPStatusCode() == 0 ? 400 : error.getHTTPStatusCode(),
        Map.of("Content-Type", "application/json"),
        error.toJSONObject().toJSONString());
  }

  void write(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
