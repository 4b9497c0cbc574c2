package dev.osmo.testkit.http;

import io.restassured.response.Response;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A complete HTTP response. */
public record RecordedResponse(int status, HttpHeaders headers, String body) {

  public static RecordedResponse of(HttpResponse<String> response) {
    return new RecordedResponse(response.statusCode(), response.headers(), response.body());
  }

  public static RecordedResponse of(Response response) {
    Map<String, List<String>> headers =
        response.headers().asList().stream()
            .collect(
                Collectors.groupingBy(
                    header -> header.getName(),
                    Collectors.mapping(header -> header.getValue(), Collectors.toList())));
    return new RecordedResponse(
        response.statusCode(),
        HttpHeaders.of(headers, (name, value) -> true),
        response.body().asString());
  }

  /** A response that no server sent, for tests of checks. */
  public static RecordedResponse of(int status, Map<String, String> headers, String body) {
    Map<String, List<String>> lists =
        headers.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
    return new RecordedResponse(status, HttpHeaders.of(lists, (name, value) -> true), body);
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** The media type without its parameters; empty if there is none. */
  public String contentType() {
    return header("Content-Type").orElse("").split(";", 2)[0];
  }

  /** Headers and body: everything that could contain a secret. */
  public String headersAndBody() {
    return headers.map() + body;
  }
}
