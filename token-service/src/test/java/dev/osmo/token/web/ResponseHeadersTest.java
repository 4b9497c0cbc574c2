package dev.osmo.token.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.osmo.testkit.http.RawHttp;
import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to browsers and to unusual clients on any route. */
@QuarkusTest
class ResponseHeadersTest {

  @ParameterizedTest
  @ValueSource(strings = {"/api/version", "/nothing", "/api/auth/access_token", "/q/health"})
  void every_answer_has_the_security_headers_for_browsers(String address) {
    given()
        .get(address)
        .then()
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-store")
        .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Strict-Transport-Security", (String) null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/version", "/api/auth/access_token", "/api/auth/leaked", "/nothing"})
  void a_preflight_request_of_another_origin_is_refused(String address) {
    Response answer =
        given()
            .header("Origin", "https://evil.example.com")
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization")
            .options(address);

    assertThat(answer.headers().asList())
        .noneMatch(header -> header.getName().startsWith("Access-Control-"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "TRACK", "PATCH", "PROPFIND"})
  void an_unused_method_is_refused(String method) throws IOException {
    String answer =
        raw(method + " /api/auth/access_token HTTP/1.1\r\nHost: x\r\nX-Mirror: mirrored\r\n");

    assertThat(answer).startsWith("HTTP/1.1 405 ").doesNotContain("mirrored");
  }

  @Test
  void headers_above_the_limit_are_refused() throws IOException {
    String header = "X-Long: " + "x".repeat(20_000) + "\r\n";

    assertThat(raw("GET /api/version HTTP/1.1\r\nHost: x\r\n" + header))
        .startsWith("HTTP/1.1 431 ");
  }

  @Test
  void an_address_above_the_limit_is_refused() throws IOException {
    assertThat(raw("GET /api/version?" + "x".repeat(13_000) + " HTTP/1.1\r\nHost: x\r\n"))
        .contains(" 414 ");
  }

  /** The HTTP server refuses the request itself. */
  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "?state=%zz", ";state=%zz", "?state=Active#%zz"})
  void an_address_that_cannot_be_decoded_is_refused(String rest) throws IOException {
    assertThat(raw("GET /api/auth/access_token" + rest + " HTTP/1.1\r\nHost: x\r\n"))
        .startsWith("HTTP/1.1 400 ");
  }

  @Test
  void a_token_as_request_id_is_not_repeated() {
    String token = "osmo_" + "0".repeat(34);

    assertThat(given().header("X-Request-Id", token).get("/api/version").header("X-Request-Id"))
        .matches("[0-9a-f-]{36}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":\"%s\"}", "{\"id\":\"x\",\"roles\":[\"a %s b\"]}"})
  void a_token_in_a_name_field_is_refused_and_not_repeated(String body) {
    String token = "osmo_" + "0".repeat(34);

    Response answer =
        Api.as(People.administrator())
            .contentType("application/json")
            .body(body.formatted(token))
            .post("/api/auth/user");

    answer.then().statusCode(422).body("type", equalTo("urn:osmo:problem:invalid-field"));
    assertThat(answer.asString()).doesNotContain(token);
  }

  private static String raw(String head) throws IOException {
    return RawHttp.send(RestAssured.port, head + "Connection: close\r\n\r\n");
  }
}
