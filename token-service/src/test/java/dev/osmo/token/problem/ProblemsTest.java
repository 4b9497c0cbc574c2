package dev.osmo.token.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProblemsTest {

  @Test
  void an_unknown_path_gets_a_problem_document_with_the_fields_that_clients_read() {
    given()
        .get("/api/nothing/here")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:osmo:problem:not-found"))
        .body("title", equalTo("No such address"))
        .body("status", equalTo(404))
        .body("message", equalTo("There is no resource at this address."))
        .body("detail", equalTo("There is no resource at this address."))
        .body("error_code", equalTo("USER"))
        .body("$", hasKey("workflow_id"))
        .body("request_id", matchesPattern("[0-9a-f-]{36}"));
  }

  @Test
  void an_unsupported_method_gets_a_problem_document() {
    given()
        .put("/api/version")
        .then()
        .statusCode(405)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:osmo:problem:method-not-allowed"));
  }

  @Test
  void an_unacceptable_media_type_gets_a_problem_document() {
    Api.as(People.with("osmo-user"))
        .accept("image/png")
        .get("/api/auth/access_token")
        .then()
        .statusCode(406)
        .contentType("application/problem+json");
  }

  @Test
  void a_malformed_number_is_a_client_error() {
    Api.as(People.administrator())
        .get("/api/auth/user?count=many")
        .then()
        .statusCode(422)
        .contentType("application/problem+json");
  }

  @Test
  void a_body_above_the_limit_is_refused() {
    Api.as(People.administrator())
        .contentType("application/json")
        .body("x".repeat(70_000))
        .post("/api/auth/user")
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .header("X-Request-Id", not(emptyString()))
        .body("type", equalTo("urn:osmo:problem:payload-too-large"))
        .body("message", containsString("64 KiB"))
        .body("error_code", equalTo("USER"));
  }

  @Test
  @Tag("I1")
  void a_token_in_a_path_is_refused_and_not_repeated() {
    String token = "osmo_" + "0".repeat(34);

    Api.as(People.with("osmo-user"))
        .get("/api/auth/access_token?access_token=" + token)
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:osmo:problem:secret-in-url"))
        .body(not(containsString(token)));
    Api.as(People.with("osmo-user")).post("/api/auth/access_token/" + token).then().statusCode(400);
    Api.as(People.with("osmo-user"))
        .urlEncodingEnabled(false)
        .post("/api/auth/access_token/x?description=%6fsmo_" + "0".repeat(34))
        .then()
        .statusCode(400);
  }

  @Test
  @Tag("I1")
  void a_refresh_token_in_a_url_or_a_field_is_refused_and_not_repeated() {
    String token = "osmo_rt_" + "AZ-_09az".repeat(25);

    Api.as(People.with("osmo-user"))
        .post("/api/auth/access_token/x?description=" + token)
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:osmo:problem:secret-in-url"))
        .body(not(containsString(token)));
    Api.as(People.administrator())
        .contentType("application/json")
        .body("{\"name\": \"r\", \"description\": \"see " + token + "\"}")
        .put("/api/configs/role/r")
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:osmo:problem:invalid-field"))
        .body(not(containsString(token)));
  }

  @ParameterizedTest
  @Tag("I1")
  @ValueSource(strings = {";t=", ";", ";a=b;t=", "/x;t=", ";t=%6fsmo_0000;u=", "%3B", "/%2e%2e/"})
  void a_token_in_a_matrix_parameter_is_refused(String before) {
    Api.as(People.with("osmo-user"))
        .urlEncodingEnabled(false)
        .get("/api/auth/access_token" + before + "%6Fsmo_" + "0".repeat(34))
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:osmo:problem:secret-in-url"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad id", "x\"y", "<script>"})
  void an_invalid_request_id_is_replaced(String id) {
    String answered = given().header("X-Request-Id", id).get("/api/version").header("X-Request-Id");

    assertThat(answered).matches("[0-9a-f-]{36}");
  }

  @Test
  void a_valid_request_id_is_kept() {
    given()
        .header("X-Request-Id", "run-42.a_b")
        .get("/nothing")
        .then()
        .header("X-Request-Id", "run-42.a_b")
        .body("request_id", equalTo("run-42.a_b"));
  }

  @Test
  void every_answer_forbids_sniffing_and_storing() {
    for (String address : new String[] {"/api/version", "/nothing", "/api/auth/access_token"}) {
      given()
          .get(address)
          .then()
          .header("X-Content-Type-Options", "nosniff")
          .header("Cache-Control", "no-store");
    }
  }

  @Test
  void other_origins_are_not_allowed_to_read() {
    given()
        .header("Origin", "https://evil.example.com")
        .get("/api/version")
        .then()
        .header("Access-Control-Allow-Origin", (String) null);
  }
}
