package dev.osmo.token.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class InputsTest {

  private static final String TOKENS = "/api/auth/access_token/{name}";

  private Person user;

  @BeforeEach
  void somebody() {
    user = People.with("osmo-user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1st", "-a", "a-", "a b", "a.b", "é", "_a", "a/../b"})
  void a_name_of_another_shape_is_refused(String name) {
    Api.as(user)
        .post(TOKENS, name)
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:osmo:problem:invalid-field"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"self", "SELF", "pat_x", "Pat_1"})
  void names_with_a_meaning_in_paths_are_refused(String name) {
    Api.as(user)
        .post(TOKENS, name)
        .then()
        .statusCode(422)
        .body("message", startsWith("Token name " + name + " is reserved"));
  }

  @Test
  void a_name_has_at_most_64_characters() {
    Api.as(user).post(TOKENS, "a".repeat(65)).then().statusCode(422);
    Api.as(user).post(TOKENS, "a".repeat(64)).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2027-02-30",
        "2027-13-01",
        "27-01-01",
        "tomorrow",
        "2027-01-01T25:00:00Z",
        "2027-01-01T00:00:00",
        "2027-001-1",
        "2027-0-1",
        "2027-1-"
      })
  void a_malformed_date_is_refused_and_never_a_server_error(String date) {
    Api.as(user)
        .queryParam("expires_at", date)
        .post(TOKENS, "dated")
        .then()
        .statusCode(422)
        .body("message", startsWith("Invalid date format"))
        .body("error_code", equalTo("USER"));
  }

  /** OSMO reads dates with Python's strptime, which accepts this. */
  @Test
  void a_date_may_have_a_month_and_a_day_of_one_digit() {
    LocalDate date = LocalDate.now(ZoneOffset.UTC).plusMonths(2).withDayOfMonth(5);
    String text = "%d-%d-%d".formatted(date.getYear(), date.getMonthValue(), date.getDayOfMonth());

    Api.as(user).queryParam("expires_at", text).post(TOKENS, "short").then().statusCode(200);

    Api.as(user)
        .get("/api/auth/access_token")
        .then()
        .body("find { it.token_name == 'short' }.expires_at", equalTo(date + "T00:00:00"));
  }

  @Test
  void an_expiry_date_must_be_after_today_and_within_a_year() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);

    Api.as(user)
        .queryParam("expires_at", today.toString())
        .post(TOKENS, "today")
        .then()
        .statusCode(422)
        .body("message", equalTo("Expiration date must be past the current date (" + today + ")"));
    Api.as(user)
        .queryParam("expires_at", today.plusDays(367).toString())
        .post(TOKENS, "far")
        .then()
        .statusCode(422)
        .body("message", equalTo("Access token expiration date cannot be more than 365d from now"));
    Api.as(user)
        .queryParam("expires_at", today.plusDays(1).toString())
        .post(TOKENS, "near")
        .then()
        .statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({
    "expires_in, P999999999D",
    "expires_in, PT9223372036854775807S",
    "expires_in, -1d",
    "expires_in, 1y",
    "expires_in, 0d",
    "expires_at, +99999-01-01T00:00:00Z",
    "expires_at, 0000-01-01",
    "expires_at, 9999-12-31T23:59:59Z",
    "renewable_until, 2027-02-30",
    "renewable_until, 2020-01-01"
  })
  void an_instant_out_of_range_is_refused(String parameter, String value) {
    Api.as(user)
        .queryParam(parameter, value)
        .post(TOKENS, "timed")
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:osmo:problem:invalid-field"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "line\nbreak",
        "\u001b[31mred",
        "right\u202eleft",
        "zero\u200fmark",
        "tab\there",
        "para\u2029graph",
        "zero\u200bwidth",
        "zero\u200djoiner",
        "word\u2060joiner",
        "\ufeffmark",
        "soft\u00adhyphen",
        "\udb40\udc41tag",
        "\udb40\udd00variation",
        "filler\u3164",
        "filler\u115f",
        "variation\ufe00",
        "grapheme\u034fjoiner"
      })
  void a_description_with_control_characters_is_refused(String description) {
    Api.as(user)
        .queryParam("description", description)
        .post(TOKENS, "described")
        .then()
        .statusCode(422);
  }

  @Test
  void a_description_with_an_emoji_presentation_is_accepted() {
    Api.as(user)
        .queryParam("description", "\u2764\ufe0f Café")
        .post(TOKENS, "described")
        .then()
        .statusCode(200);
  }

  @Test
  void a_description_has_at_most_512_characters_of_any_plane() {
    Api.as(user)
        .queryParam("description", "😀".repeat(513))
        .post(TOKENS, "long")
        .then()
        .statusCode(422);
    Api.as(user)
        .queryParam("description", "😀".repeat(512))
        .post(TOKENS, "fitting")
        .then()
        .statusCode(200);
  }

  @Test
  void a_description_is_stored_in_normalization_form_c() {
    Api.as(user)
        .queryParam("description", "Cafe\u0301")
        .post(TOKENS, "composed")
        .then()
        .statusCode(200);

    Api.as(user)
        .get("/api/auth/access_token")
        .then()
        .body("find { it.token_name == 'composed' }.description", equalTo("Café"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "-", "a b"})
  void a_role_name_of_another_shape_is_refused(String role) {
    Api.as(user).queryParam("roles", role).post(TOKENS, "roled").then().statusCode(422);
  }

  /** Sent with an unmodified query: an unset variable in a script must not mean "all roles". */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "roles=",
        "expires_at=",
        "roles=osmo-user&roles=",
        "expires_at=2026-12-01&expires_at=2026-12-02",
        "description=a&description=b"
      })
  void a_repeated_parameter_is_refused(String query) throws Exception {
    assertThat(createWith(query)).isEqualTo(422);
  }

  /** The framework separates parameters at a semicolon too, which hides an empty one. */
  @ParameterizedTest
  @Tag("I9")
  @ValueSource(
      strings = {
        "expires_in=1d;roles=",
        "expires_in=1d;roles",
        "description=a;ROLES=",
        "roles=osmo-user;",
        "description=%ff",
        "description=%C3"
      })
  void a_query_with_two_readings_is_refused(String query) throws Exception {
    assertThat(createWith(query)).isEqualTo(400);
    Api.as(user).get("/api/auth/access_token").then().body("token_name", not(hasItem("blank")));
  }

  private int createWith(String query) throws Exception {
    Api.waitForKeys();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + RestAssured.port
                        + "/api/auth/access_token/blank?"
                        + query))
            .header("Authorization", "Bearer " + user.login().text())
            .POST(BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
  }

  /**
   * If these parameters were ignored, the token would have more roles or a later expiry than
   * intended.
   */
  @ParameterizedTest
  @CsvSource({
    "'', ?role=osmo-user, role",
    "'', ?roles=osmo-user&expires=2026-12-01, expires",
    "/rotate, ?graze=0, graze"
  })
  void an_unknown_parameter_is_refused_where_a_secret_is_created(
      String action, String query, String named) {
    Api.as(user).post(TOKENS, "meant").then().statusCode(200);

    Api.as(user)
        .post(TOKENS + action + query, action.isEmpty() ? "slip" : "meant")
        .then()
        .statusCode(422)
        .body("message", startsWith("Unknown parameter " + named + ". Known parameters: "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/rotate"})
  void an_unused_body_is_refused_where_a_secret_is_created(String action) {
    Api.as(user).post(TOKENS, "meant").then().statusCode(200);

    Api.as(user)
        .contentType("application/json")
        .body("{\"roles\": [\"osmo-user\"], \"grace\": 0}")
        .post(TOKENS + action, action.isEmpty() ? "ignored" : "meant")
        .then()
        .statusCode(400)
        .body("message", startsWith("The body of this request must be empty"));
  }

  @ParameterizedTest
  @Tag("I9")
  @ValueSource(
      strings = {
        "/api/auth/access_token?stat=active",
        "/api/auth/access_token?State=active",
        "/api/auth/access_token?owner=somebody",
        "/api/auth/tokens?ower=somebody",
        "/api/auth/user/{user}/access_token?stat=active",
        "/api/auth/user?id=somebody",
        "/api/auth/audit?user=somebody"
      })
  void an_unknown_list_filter_is_refused(String address) {
    Api.as(People.administrator())
        .get(address.replace("{user}", user.id()))
        .then()
        .statusCode(422)
        .body("message", startsWith("Unknown parameter "));
  }

  @Test
  @Tag("I9")
  void an_empty_idempotency_key_is_refused() {
    Api.as(user).header("Idempotency-Key", "").post(TOKENS, "keyed").then().statusCode(422);
  }

  @Test
  void two_idempotency_keys_in_one_request_are_refused() {
    Api.as(user)
        .header("Idempotency-Key", "one", "two")
        .post(TOKENS, "keyed")
        .then()
        .statusCode(422);
  }
}
