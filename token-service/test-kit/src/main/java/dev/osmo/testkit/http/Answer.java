package dev.osmo.testkit.http;

import io.restassured.response.Response;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A complete HTTP response. */
public record Answer(int status, HttpHeaders headers, String body) {

  public static Answer of(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  public static Answer of(Response response) {
    Map<String, List<String>> headers =
        response.headers().asList().stream()
            .collect(
                Collectors.groupingBy(
                    header -> header.getName(),
                    Collectors.mapping(header -> header.getValue(), Collectors.toList())));
    return new Answer(
        response.statusCode(),
        HttpHeaders.of(headers, (name, value) -> true),
        response.body().asString());
  }

  /** An answer that no server gave, for tests of checks. */
  public static Answer of(int status, Map<String, String> headers, String body) {
    Map<String, List<String>> lists =
        headers.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
    return new Answer(status, HttpHeaders.of(lists, (name, value) -> true), body);
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** The media type without its parameters; empty if there is none. */
  public String contentType() {
    return header("Content-Type").orElse("").split(";", 2)[0];
  }

  /** Headers and body: everything in which a secret could be. */
  public String text() {
    return headers.map() + body;
  }
}
