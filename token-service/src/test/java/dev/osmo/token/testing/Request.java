package dev.osmo.token.testing;

import dev.osmo.testkit.http.RecordedResponse;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;

/** A plain request, for tests that send thousands of them. */
public record Request(String method, String address, Map<String, String> headers, String body) {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

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

  public RecordedResponse send() {
    Api.waitForKeys();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + address))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      return RecordedResponse.of(CLIENT.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
