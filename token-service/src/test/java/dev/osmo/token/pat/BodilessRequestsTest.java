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
 * Where a secret is made no body is read, however it is sent: roles that stand in one would
 * otherwise be passed over, and the token get all of its owner's.
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
  void a_body_in_chunks_is_refused_and_makes_no_secret(String rest) throws IOException {
    for (String chunks : new String[] {"chunked", "Chunked", "gzip, chunked"}) {
      String answer = post(rest, "Transfer-Encoding: " + chunks + "\r\n", CHUNK);

      assertThat(answer)
          .startsWith("HTTP/1.1 411 ")
          .contains("application/problem+json", "urn:osmo:problem:length-required");
    }
    assertThat(secrets()).isEqualTo("2");
  }

  @Test
  void a_length_beside_the_chunks_changes_nothing() throws IOException {
    String answer = post("/ignored", "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", CHUNK);

    assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*");
    assertThat(secrets()).isEqualTo("2");
  }

  @Test
  void chunks_beyond_the_limit_are_refused_in_the_words_of_the_catalogue() throws IOException {
    String chunk = "11170\r\n" + "x".repeat(70_000) + "\r\n0\r\n\r\n";

    for (String address : new String[] {"/ignored", "/meant/rotate"}) {
      assertThat(post(address, "Transfer-Encoding: chunked\r\n", chunk))
          .startsWith("HTTP/1.1 411 ")
          .contains("application/problem+json", "\"error_code\":\"USER\"", "X-Request-Id");
    }
  }

  /** As curl does without a body, and as OSMO's own client does. */
  @ParameterizedTest
  @ValueSource(strings = {"", "Content-Type: application/json\r\nContent-Length: 0\r\n"})
  void a_request_without_a_body_needs_no_length(String headers) throws IOException {
    assertThat(post("/made", headers, "")).startsWith("HTTP/1.1 200 ");
    assertThat(post("/meant/rotate", headers, "")).startsWith("HTTP/1.1 200 ");
  }

  /** There a body needs no length, and nothing in front of this service speaks it. */
  @Test
  void nobody_speaks_http_2_here() throws IOException {
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
