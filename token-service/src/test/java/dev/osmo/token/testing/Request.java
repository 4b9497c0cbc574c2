package dev.osmo.token.testing;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;

/** A request as plain as they come, for tests that send thousands. */
public record Request(String method, String address, Map<String, String> headers, String body) {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What came back. */
  public record Answer(int status, String contentType, String body, String headers) {

    static Answer of(HttpResponse<String> response) {
      String type = response.headers().firstValue("Content-Type").orElse("");
      return new Answer(
          response.statusCode(),
          type.split(";", 2)[0],
          response.body(),
          response.headers().map().toString());
    }

    /** All of it. */
    public String text() {
      return headers + body;
    }
  }

  public static Request of(String method, String address) {
    return new Request(method, address, Map.of(), "");
  }

  public Request header(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Request(method, address, more, body);
  }

  public Request bearer(String text) {
    return header("Authorization", "Bearer " + text);
  }

  public Request as(People.Person person) {
    return bearer(person.login().text());
  }

  public Request json(String newBody) {
    return new Request(method, address, headers, newBody)
        .header("Content-Type", "application/json");
  }

  public Answer send() {
    Api.waitForKeys();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + address))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      return Answer.of(CLIENT.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
