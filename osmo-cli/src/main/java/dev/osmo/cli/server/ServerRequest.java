package dev.osmo.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One request for JSON. Each path segment is encoded separately, so that a name cannot change the
 * path. List-valued query parameters are repeated.
 */
public record ServerRequest(
    String method, String path, List<String> query, Optional<JsonNode> body) {

  public ServerRequest {
    query = List.copyOf(query);
  }

  /** A request without a body; {@code segments} are joined with slashes. */
  static ServerRequest of(String method, String... segments) {
    return new ServerRequest(method, "", List.of(), Optional.empty()).below(segments);
  }

  /** The same with more path segments. */
  ServerRequest below(String... segments) {
    StringBuilder longer = new StringBuilder(path);
    for (String segment : segments) {
      longer.append('/').append(encodeSegment(segment));
    }
    return new ServerRequest(method, longer.toString(), query, body);
  }

  public ServerRequest with(String name, String value) {
    List<String> more = new ArrayList<>(query);
    more.add(encode(name) + "=" + encode(value));
    return new ServerRequest(method, path, more, body);
  }

  public ServerRequest with(String name, Optional<String> value) {
    return value.map(present -> with(name, present)).orElse(this);
  }

  public ServerRequest withAll(String name, Collection<String> values) {
    ServerRequest request = this;
    for (String value : values) {
      request = request.with(name, value);
    }
    return request;
  }

  public ServerRequest withBody(JsonNode json) {
    return new ServerRequest(method, path, query, Optional.of(json));
  }

  /** The HTTP request. */
  public RawRequest raw() {
    RawRequest raw = RawRequest.of(method, pathAndQuery());
    return body.map(json -> raw.withBody(Json.bytes(json))).orElse(raw);
  }

  private String pathAndQuery() {
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private static String encodeSegment(String segment) {
    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
      throw Failure.of(ExitCode.USER_ERROR, "'" + segment + "' is not a valid name", "");
    }
    return encode(segment).replace("+", "%20").replace("%40", "@");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
