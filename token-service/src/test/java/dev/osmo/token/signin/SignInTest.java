package dev.osmo.token.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Provider;
import dev.osmo.token.testing.Stage;
import dev.osmo.token.testing.StoppableRefill;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may sign in, as whom, and how long. */
@QuarkusTest
class SignInTest {

  @Inject StoppableRefill refill;

  @ConfigProperty(name = "token-service.limits.changes-per-minute")
  int changes;

  private final Provider provider = Stage.current().provider();
  private final String id = "u" + UUID.randomUUID() + "@example.com";

  @AfterEach
  void resume_the_refill() {
    refill.resume();
  }

  @Test
  void a_person_who_signs_in_for_the_first_time_becomes_a_user() {
    ValidatableResponse answer = signIn("creates", token("creates"));

    answer
        .statusCode(200)
        .body("session_id", notNullValue())
        .body("user_id", equalTo(id))
        .body("name", equalTo("A Person"))
        .body("created", equalTo(true));
    assertThat(People.query("SELECT created_by FROM users WHERE id = ?", id))
        .containsExactly("idp:creates");
    assertThat(actions())
        .containsExactly(
            "user.created idp:creates", "user.linked idp:creates", "session.started idp:creates");
  }

  @Test
  void the_session_lasts_as_long_as_the_setting_says() {
    signIn("creates", token("creates")).statusCode(200);

    assertThat(
            People.query(
                "SELECT 1 FROM usable_session WHERE user_id = ? AND expires_at BETWEEN now() + interval '29 days 23 hours' AND now() + interval '30 days'",
                id))
        .hasSize(1);
  }

  @Test
  void the_second_sign_in_finds_the_same_user() {
    signIn("creates", token("creates")).statusCode(200);

    signIn("creates", token("creates"))
        .statusCode(200)
        .body("user_id", equalTo(id))
        .body("created", equalTo(false));
  }

  @Test
  @Tag("I11")
  void a_subject_stays_with_its_user_when_the_provider_changes_the_user_id() {
    Person other = People.with("osmo-admin");
    signIn("creates", token("creates")).statusCode(200);

    signIn("creates", token("creates").claim("preferred_username", other.id()))
        .statusCode(200)
        .body("user_id", equalTo(id));
  }

  @Test
  @Tag("I11")
  void another_subject_with_the_same_user_id_is_refused() {
    signIn("creates", token("creates")).statusCode(200);

    refused(signIn("creates", provider.idToken("creates", "another", id)), "is not linked");
  }

  @Test
  @Tag("I11")
  void a_user_who_exists_is_refused_without_the_setting_that_links() {
    Person existing = People.with("osmo-admin");

    refused(signIn("creates", provider.idToken("creates", id, existing.id())), "is not linked");
    refused(signIn("strict", provider.idToken("strict", id, existing.id())), "is not linked");
  }

  @Test
  void a_user_who_exists_is_linked_with_the_setting_that_links() {
    Person existing = People.with("osmo-user");

    signIn("links", provider.idToken("links", id, existing.id().toUpperCase(java.util.Locale.ROOT)))
        .statusCode(200)
        .body("user_id", equalTo(existing.id()))
        .body("created", equalTo(false));
    refused(signIn("links", provider.idToken("links", "another", existing.id())), "is not linked");
  }

  @Test
  @Tag("I11")
  void an_unknown_person_is_refused_without_the_setting_that_creates() {
    refused(signIn("strict", token("strict")), "does not exist here");
    assertThat(People.query("SELECT 1 FROM users WHERE id = ?", id)).isEmpty();
  }

  @Test
  @Tag("I3")
  void a_disabled_user_is_refused_and_the_sessions_have_ended() {
    String session = session(token("creates"));
    People.execute("UPDATE users SET disabled_at = now() WHERE id = ?", id);

    refused(signIn("creates", token("creates")), "is disabled");
    refused(renew("creates", token("creates"), session), "is disabled");
    People.execute("UPDATE users SET disabled_at = NULL WHERE id = ?", id);
    ended(renew("creates", token("creates"), session));
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "", "a,b", "-x", "a/b", "ü@example.com"})
  @Tag("I9")
  void an_id_that_is_not_of_our_form_is_refused(String unusable) {
    refused(
        signIn("creates", token("creates").claim("preferred_username", unusable)),
        "gives no user id");
  }

  @Test
  @Tag("I11")
  void an_address_counts_only_if_the_provider_has_verified_it() {
    Jwt token = provider.idToken("mail", id, "ignored").claim("email", id);
    refused(signIn("mail", token), "not verified");
    refused(signIn("mail", token.claim("email_verified", false)), "not verified");
    refused(signIn("mail", token.claim("email_verified", "true")), "not verified");

    signIn("mail", token.claim("email_verified", true))
        .statusCode(200)
        .body("user_id", equalTo(id));
  }

  @Test
  void a_session_is_renewed_with_a_new_id_token() {
    String session = session(token("creates"));
    People.execute(
        "UPDATE login_session SET verified_at = now() - interval '1 day' WHERE id = CAST(? AS uuid)",
        session);

    renew("creates", token("creates").claim("name", "New Name"), session)
        .statusCode(200)
        .body("session_id", equalTo(session))
        .body("name", equalTo("New Name"));

    assertThat(
            People.query(
                "SELECT display_name FROM usable_session WHERE user_id = ? AND verified_at > now() - interval '1 hour'",
                id))
        .containsExactly("New Name");
    assertThat(actions()).endsWith("session.started idp:creates");
  }

  @Test
  @Tag("I3")
  void a_session_that_is_not_usable_or_not_of_this_person_is_not_renewed() {
    String session = session(token("creates"));
    String otherId = "o" + id;
    signIn("creates", provider.idToken("creates", otherId, otherId)).statusCode(200);

    ended(renew("creates", provider.idToken("creates", otherId, otherId), session));
    ended(renew("creates", provider.idToken("creates", "nobody", "nobody"), session));
    ended(renew("creates", token("creates"), UUID.randomUUID().toString()));
    People.query("SELECT end_session(CAST(? AS uuid), 'x', 'signed out', NULL)", session);
    ended(renew("creates", token("creates"), session));
    String expired = session(token("creates"));
    People.execute(
        "UPDATE login_session SET expires_at = now() WHERE id = CAST(? AS uuid)", expired);
    ended(renew("creates", token("creates"), expired));
  }

  @Test
  @Tag("I10")
  void too_many_sessions_end_the_one_that_was_unused_for_longest() {
    List<String> sessions =
        List.of(session(token("creates")), session(token("creates")), session(token("creates")));
    renew("creates", token("creates"), sessions.getFirst()).statusCode(200);

    String newest = session(token("creates"));

    assertThat(People.query("SELECT id FROM usable_session WHERE user_id = ?", id))
        .containsExactlyInAnyOrder(sessions.get(0), sessions.get(2), newest);
    assertThat(actions()).contains("session.ended idp:creates");
  }

  @Test
  void a_jwt_of_the_session_is_accepted() {
    signIn("creates", token("creates")).statusCode(200);
    Api.as(People.administrator())
        .contentType("application/json")
        .body("{\"role_name\":\"osmo-user\"}")
        .post("/api/auth/user/" + id + "/roles")
        .then()
        .statusCode(200);
    String session = People.query("SELECT id FROM usable_session WHERE user_id = ?", id).getFirst();

    Api.as(Jwt.ofSession(id, UUID.fromString(session), List.of("osmo-user")))
        .get("/api/profile/settings")
        .then()
        .statusCode(200)
        .body("profile.username", equalTo(id))
        .body("roles", equalTo(List.of("osmo-user")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id_token\":\"x\"}",
        "{\"client_id\":\"creates-client\"}",
        "{\"id_token\":\"x\",\"client_id\":\"y\",\"session_id\":\"z\"}"
      })
  @Tag("I9")
  void an_incomplete_body_is_refused(String body) {
    given()
        .contentType("application/json")
        .body(body)
        .post("/api/auth/session")
        .then()
        .statusCode(422);
  }

  @Test
  void a_name_that_cannot_be_shown_is_replaced_by_the_user_id() {
    signIn("creates", token("creates").claim("name", "a\u202eb"))
        .statusCode(200)
        .body("name", equalTo(id));
  }

  /** Each one locks the user, and most of them write an audit row. */
  @Test
  @Tag("I10")
  void a_person_cannot_sign_in_any_number_of_times() {
    Jwt token = token("creates");
    String unknown = UUID.randomUUID().toString();
    refill.stop();
    for (int i = 0; i < changes; i++) {
      assertThat(renew("creates", token, unknown).extract().statusCode()).isNotEqualTo(429);
    }

    renew("creates", token, unknown).statusCode(429).header("Retry-After", notNullValue());
    String other = "o" + id;
    signIn("creates", provider.idToken("creates", other, other)).statusCode(200);
  }

  private Jwt token(String name) {
    return provider.idToken(name, id, id);
  }

  private String session(Jwt token) {
    return signIn("creates", token).statusCode(200).extract().path("session_id");
  }

  private static ValidatableResponse signIn(String name, Jwt token) {
    return send(name, token, Map.of());
  }

  private static ValidatableResponse renew(String name, Jwt token, String session) {
    return send(name, token, Map.of("session_id", session));
  }

  private static ValidatableResponse send(String name, Jwt token, Map<String, String> more) {
    Map<String, String> body = new HashMap<>(more);
    body.put("id_token", token.text());
    body.put("client_id", name + "-client");
    return given().contentType("application/json").body(body).post("/api/auth/session").then();
  }

  private static void refused(ValidatableResponse answer, String why) {
    answer
        .statusCode(403)
        .body("type", equalTo("urn:osmo:problem:sign-in-refused"))
        .body("detail", containsString(why));
  }

  private static void ended(ValidatableResponse answer) {
    answer.statusCode(403).body("type", equalTo("urn:osmo:problem:session-ended"));
  }

  private List<String> actions() {
    return People.query(
        "SELECT action || ' ' || actor FROM audit_event WHERE user_id = ? ORDER BY id", id);
  }
}
