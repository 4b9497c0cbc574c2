package dev.osmo.exchange.testing;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The scripted server of the tests.
 *
 * @param base its address
 */
public record Script(String base) {

  /** What the server received. */
  public record Received(Map<String, String> members) {

    public String path() {
      return members.get("path");
    }

    /** As it was sent. */
    public Optional<String> query() {
      return Optional.ofNullable(members.get("query"));
    }

    public String body() {
      return members.get("body");
    }

    public Optional<String> header(String name) {
      return Optional.ofNullable(members.get("header-" + name));
    }
  }

  /** The server at whose path {@code /token-service} the service expects token-service. */
  public static Script of(String tokenServiceUrl) {
    return new Script(tokenServiceUrl.replace("/token-service", ""));
  }

  /** Forgets all scripts and requests. */
  public void reset() {
    check(given().delete(base + "/script"));
  }

  public void reply(String path, Reply reply) {
    check(
        given()
            .body(reply.json().toString().getBytes(StandardCharsets.UTF_8))
            .put(base + "/script?" + path));
  }

  /** The requests to this path since the last reset. */
  public List<Received> received(String path) {
    List<Map<String, String>> all = given().get(base + "/requests").jsonPath().getList("$");
    return all.stream().map(Received::new).filter(each -> each.path().equals(path)).toList();
  }

  private static void check(Response response) {
    if (response.statusCode() != 204) {
      throw new AssertionError("not scripted: " + response.statusCode());
    }
  }
}
