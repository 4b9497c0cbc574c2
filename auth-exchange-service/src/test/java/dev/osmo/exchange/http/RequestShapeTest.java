package dev.osmo.exchange.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.testkit.contracts.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Headers;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of unusual shape, size or place. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class RequestShapeTest {

  @TestHTTPResource URI root;

  private String address;

  @BeforeEach
  void address() {
    address = "http://" + root.getAuthority();
  }

  @ParameterizedTest
  @Tag("I9")
  @ValueSource(
      strings = {
        "",
        "null",
        "{",
        "[]",
        "\"x\"",
        "{}",
        "{\"token\":null}",
        "{\"token\":5}",
        "{\"token\":true}",
        "{\"token\":1.5}",
        "{\"token\":[\"x\"]}",
        "{\"token\":{}}",
        "{\"Token\":\"x\"}",
        "{\"token\":\"x\",\"more\":1}",
        "{\"token\":\"x\",\"token\":\"x\"}",
        "{\"token\":\"x\"} {}",
        "[{\"token\":\"x\"}]",
      })
  void a_body_other_than_one_token_is_malformed(String body) {
    Response answer = given().contentType(ContentType.JSON).body(body).post(Exchanges.PATH);

    problem(answer, 400, "malformed-request");
  }

  @Test
  void a_body_without_content_type_is_read_as_json() throws Exception {
    HttpResponse<String> answer = send(BodyPublishers.ofString("{\"token\":\"x\"}"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(answer.body()).contains("invalid-token");
  }

  @Test
  void a_body_without_a_content_length_is_refused() throws Exception {
    byte[] body = "{\"token\":\"%s\"}".formatted("x").getBytes(UTF_8);

    HttpResponse<String> answer =
        send(
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
            "Content-Type",
            "application/json");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(411);
    assertThat(answer.body()).contains("length-required");
  }

  @Test
  void a_compressed_body_is_unsupported() {
    Response answer =
        given()
            .contentType(ContentType.JSON)
            .header("Content-Encoding", "gzip")
            .body("{\"token\":\"x\"}")
            .post(Exchanges.PATH);

    problem(answer, 415, "unsupported-media-type");
    assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
  }

  @Test
  void a_form_is_unsupported() {
    Response answer = given().contentType(ContentType.URLENC).body("token=x").post(Exchanges.PATH);

    problem(answer, 415, "unsupported-media-type");
  }

  @Test
  void a_body_above_16_kib_is_too_large() {
    String body = "{\"token\":\"%s\"}".formatted("x".repeat(16 * 1024));

    problem(
        given().contentType(ContentType.JSON).body(body).post(Exchanges.PATH),
        413,
        "payload-too-large");
  }

  @Test
  void headers_above_16_kib_are_refused() {
    Response answer = given().header("X-Long", "x".repeat(17 * 1024)).get("/api/auth/login");

    assertThat(answer.statusCode()).isEqualTo(431);
  }

  @ParameterizedTest
  @Tag("I1")
  @ValueSource(
      strings = {"access_token", "client_secret", "code", "id_token", "refresh_token", "token"})
  void a_query_parameter_named_for_a_token_is_refused(String name) {
    problem(given().queryParam(name, "x").get(Exchanges.PATH), 400, "secret-in-url");
  }

  @Test
  @Tag("I1")
  void a_token_anywhere_in_a_query_is_refused_and_not_repeated() {
    String token = TestTokens.random();

    Response answer = given().queryParam("q", "see " + token).get("/api/auth/login");

    problem(answer, 400, "secret-in-url");
    assertThat(answer.asString()).doesNotContain(token);
  }

  @ParameterizedTest
  @Tag("I1")
  @ValueSource(
      strings = {
        "/api/auth/jwt/access_token",
        "/api/auth/keys",
        "/api/auth/login",
        "/oauth2/token",
        "/oauth2/introspect",
        "/oauth2/revoke",
        "/.well-known/jwks.json",
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration",
        "/oauth2/nothing",
        "/nothing",
        "/",
        "//oauth2/token;x"
      })
  void a_token_in_the_path_of_any_route_is_refused(String path) {
    String token = TestTokens.random();
    String encoded = token.replace("_", "%5F");

    for (String address : List.of("?x=" + token, "?" + encoded, "?a=b&x=y" + encoded)) {
      for (Method method : List.of(Method.GET, Method.POST, Method.DELETE)) {
        Response answer = given().urlEncodingEnabled(false).request(method, path + address);

        assertThat(answer.statusCode()).as(method + " " + answer.asString()).isEqualTo(400);
        assertThat(answer.asString()).contains("must not appear in a URL").doesNotContain(token);
      }
    }
  }

  @Test
  @Tag("I1")
  void a_token_in_a_matrix_parameter_is_refused() {
    problem(given().get("/api/auth/" + TestTokens.random()), 400, "secret-in-url");
    for (String parameter : List.of(";t=", ";", ";a=b;t=", "%3B")) {
      String path = "/api/auth/login" + parameter + TestTokens.random();
      problem(given().urlEncodingEnabled(false).get(path), 400, "secret-in-url");
    }
  }

  @ParameterizedTest
  @Tag("I9")
  @ValueSource(strings = {"?a=1;b=2", "?a=%ff"})
  void a_query_with_two_readings_is_refused(String query) {
    problem(
        given().urlEncodingEnabled(false).get("/api/auth/login" + query), 400, "malformed-request");
  }

  /** If they were ignored, the JWT would have all roles or the default audience. */
  @ParameterizedTest
  @Tag("I9")
  @ValueSource(strings = {"scope=osmo-user", "SCOPE=osmo-user", "audience=reports", "x"})
  void a_post_with_a_query_is_refused(String query) {
    for (String path : List.of("/oauth2/token", "/oauth2/introspect", "/oauth2/revoke")) {
      Response answer =
          given()
              .urlEncodingEnabled(false)
              .contentType(ContentType.URLENC)
              .body("token=x")
              .post(path + "?" + query);

      assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
      assertThat(answer.<String>path("error")).isEqualTo("invalid_request");
      assertThat(answer.<String>path("error_description")).contains("query");
    }
    problem(
        given()
            .contentType(ContentType.JSON)
            .body("{\"token\":\"x\"}")
            .post(Exchanges.PATH + "?" + query),
        400,
        "malformed-request");
  }

  @Test
  void an_unknown_path_gets_a_problem_document() {
    problem(given().get("/api/auth/nothing"), 404, "not-found");
  }

  @Test
  void an_unsupported_method_gets_a_problem_document() {
    problem(given().get(Exchanges.PATH), 405, "method-not-allowed");
  }

  @Test
  void a_valid_request_id_is_kept_and_any_other_is_replaced() {
    assertThat(
            given().header("X-Request-Id", "abc-1").get("/api/auth/login").header("X-Request-Id"))
        .isEqualTo("abc-1");
    String token = TestTokens.random();
    assertThat(
            given()
                .header("X-Request-Id", "for-" + token)
                .get("/api/auth/login")
                .header("X-Request-Id"))
        .isNotBlank()
        .doesNotContain(token);
    assertThat(given().header("X-Request-Id", "a b").get("/api/auth/login").header("X-Request-Id"))
        .isNotEqualTo("a b");
  }

  /** Also the answers that may be cached; the public address of the tests is HTTPS. */
  @ParameterizedTest
  @ValueSource(strings = {"/api/auth/keys", "/api/auth/login", "/oauth2/token", "/nothing"})
  void every_answer_has_the_headers_that_browsers_obey(String path) {
    Headers headers = given().get(path).headers();

    assertThat(headers.getValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(headers.getValues("Content-Security-Policy"))
        .containsExactly("default-src 'none'; frame-ancestors 'none'");
    assertThat(headers.getValues("Referrer-Policy")).containsExactly("no-referrer");
    assertThat(headers.getValues("Cross-Origin-Resource-Policy")).containsExactly("same-origin");
    assertThat(headers.getValues("Strict-Transport-Security")).containsExactly("max-age=31536000");
    assertThat(headers.getValues("Cache-Control"))
        .containsExactly(path.endsWith("/keys") ? "public, max-age=60" : "no-store");
  }

  private HttpResponse<String> send(HttpRequest.BodyPublisher body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + Exchanges.PATH)).POST(body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static void problem(Response answer, int status, String name) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.<String>path("type")).isEqualTo("urn:osmo:problem:" + name);
    assertThat(answer.<String>path("message")).isNotBlank();
    assertThat(answer.<String>path("error_code")).isEqualTo("USER");
    assertThat(answer.<String>path("request_id")).isEqualTo(answer.header("X-Request-Id"));
  }
}
