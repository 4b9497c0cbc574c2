package dev.osmo.exchange.outgoing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request to another system. Headers and body may contain credentials, so {@code toString} does
 * not print them.
 */
public record OutgoingRequest(
    HttpMethod method, URI address, Map<String, String> headers, Buffer body) {

  public OutgoingRequest {
    headers = Map.copyOf(headers);
  }

  public static OutgoingRequest get(URI address) {
    return new OutgoingRequest(HttpMethod.GET, address, Map.of(), Buffer.buffer());
  }

  public static OutgoingRequest form(URI address, Map<String, String> parameters) {
    String form =
        parameters.entrySet().stream()
            .map(entry -> encoded(entry.getKey()) + '=' + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    return post(address, "application/x-www-form-urlencoded", form);
  }

  public static OutgoingRequest json(URI address, JsonNode body) {
    return post(address, "application/json", body.toString());
  }

  private static OutgoingRequest post(URI address, String type, String body) {
    return new OutgoingRequest(
        HttpMethod.POST, address, Map.of("Content-Type", type), Buffer.buffer(body));
  }

  /** The same request with another header. */
  public OutgoingRequest with(String header, String value) {
    Map<String, String> all = new HashMap<>(headers);
    all.put(header, value);
    return new OutgoingRequest(method, address, all, body);
  }

  /** The form encoding of a name or a value (RFC 6749, appendix B). */
  public static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Override
  public String toString() {
    return method + " " + address;
  }
}
