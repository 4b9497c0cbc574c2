package dev.osmo.token.pat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.http.RawHttp;
import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Routes that create a secret refuse every body. If a body were ignored, roles in it would be
 * ignored, too, and the token would get all roles of its owner.
 */
@QuarkusTest
@Tag("I9")
class BodilessRequestsTest {

  private static final String TOKENS = "/api/auth/access_token";
  private static final String CHUNK = "1c\r\n{\"roles\": [\"osmo-ml-team\"]} \r\n0\r\n\r\n";
  private static final String HTTP_2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private Person user;

  @BeforeEach
  void somebody_with_a_token() {
    user = People.with("osmo-user", "osmo-ml-team");
    Api.as(user).post(TOKENS + "/meant").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ignored", "/meant/rotate"})
  void a_chunked_body_is_refused_and_creates_no_secret(String rest) throws IOException {
    for (String chunks : new String[] {"chunked", "Chunked", "gzip, chunked"}) {
      String answer = post(rest, "Transfer-Encoding: " + chunks + "\r\n", CHUNK);

      assertThat(answer)
          .startsWith("HTTP/1.1 411 ")
          .contains("application/problem+json", "urn:osmo:problem:length-required");
    }
    assertThat(secrets()).isEqualTo("2");
  }

  @Test
  void a_chunked_body_with_a_length_is_refused() throws IOException {
    String answer = post("/ignored", "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", CHUNK);

    assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*");
    assertThat(secrets()).isEqualTo("2");
  }

  @Test
  void a_chunked_body_above_the_limit_gets_a_problem_document() throws IOException {
    String chunk = "11170\r\n" + "x".repeat(70_000) + "\r\n0\r\n\r\n";

    for (String address : new String[] {"/ignored", "/meant/rotate"}) {
      assertThat(post(address, "Transfer-Encoding: chunked\r\n", chunk))
          .startsWith("HTTP/1.1 411 ")
          .contains("application/problem+json", "\"error_code\":\"USER\"", "X-Request-Id");
    }
  }

  /** As curl and OSMO's client send a request without a body. */
  @ParameterizedTest
  @ValueSource(strings = {"", "Content-Type: application/json\r\nContent-Length: 0\r\n"})
  void a_request_without_a_body_needs_no_length(String headers) throws IOException {
    assertThat(post("/made", headers, "")).startsWith("HTTP/1.1 200 ");
    assertThat(post("/meant/rotate", headers, "")).startsWith("HTTP/1.1 200 ");
  }

  /** In HTTP/2 a body needs no length, and no gateway of ours uses it. */
  @Test
  void http_2_is_not_supported() throws IOException {
    String upgrade =
        "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\nConnection: Upgrade, HTTP2-Settings\r\n";

    assertThat(RawHttp.send(RestAssured.port, HTTP_2)).contains(" 400 Bad Request\r\n");
    assertThat(post("/made", upgrade, "")).startsWith("HTTP/1.1 200 ");
  }

  private String post(String rest, String headers, String body) throws IOException {
    return RawHttp.send(
        RestAssured.port,
        "POST "
            + TOKENS
            + rest
            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
            + user.login().text()
            + "\r\n"
            + headers
            + "\r\n"
            + body);
  }

  private String secrets() {
    return People.query(
            "SELECT count(*) FROM access_token_secret s JOIN access_token t ON t.id = s.token_id WHERE t.user_id = ?",
            user.id())
        .getFirst();
  }
}
