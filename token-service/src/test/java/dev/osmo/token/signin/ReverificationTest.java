package dev.osmo.token.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Provider;
import dev.osmo.token.testing.Stage;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Owners of access tokens must sign in every 30 days, as the setting of these tests says. */
@QuarkusTest
class ReverificationTest {

  private static final String TOKENS = "/api/auth/access_token";

  private final Provider provider = Stage.current().provider();
  private Person owner;

  @BeforeEach
  void aUserWhoSignedIn() {
    owner = People.with("osmo-user");
    signIn(provider.idToken("links", owner.id(), owner.id()));
  }

  @Test
  @Tag("I3")
  void the_jwt_of_a_token_is_refused_from_the_due_time_until_the_next_sign_in() {
    Api.as(owner).get(TOKENS).then().statusCode(200);

    signedIn("30 days");
    Api.as(owner)
        .get(TOKENS)
        .then()
        .statusCode(401)
        .body("type", equalTo("urn:osmo:problem:unauthenticated"));

    signIn(provider.idToken("links", owner.id(), owner.id()));
    Api.as(owner).get(TOKENS).then().statusCode(200);
  }

  /** Otherwise, whoever has only an old ID token would renew the time. */
  @Test
  @Tag("I3")
  void an_id_token_that_was_issued_earlier_does_not_move_the_time_back_or_forth() {
    String due = due();
    Jwt older = provider.idToken("links", owner.id(), owner.id());
    signIn(older.claim("iat", java.time.Instant.now().getEpochSecond() - 240));

    assertThat(due()).isEqualTo(due);
  }

  @Test
  @Tag("I3")
  void a_session_is_used_to_see_why_a_token_is_refused() {
    signedIn("31 days");
    Jwt session = People.signedIn(owner).login();

    Api.as(session).get(TOKENS).then().body("state", contains("Sign in again"));
    Api.as(session).get(TOKENS + "/login").then().body("state", equalTo("Sign in again"));
    Api.as(session)
        .get(TOKENS + "/login/history")
        .then()
        .statusCode(200)
        .body("state", equalTo("Sign in again"))
        .body("reason", equalTo("owner-must-sign-in"))
        .body("causes[0].since", notNullValue())
        .body("causes[0].next", contains("osmo login"));
    Api.as(People.administrator())
        .get("/api/auth/tokens?state=must_sign_in&owner=" + owner.id())
        .then()
        .statusCode(200)
        .body("token_name", contains("login"));
  }

  @Test
  void the_profile_says_when_the_next_sign_in_is_due() {
    Api.as(owner)
        .get("/api/profile/settings")
        .then()
        .statusCode(200)
        .body("sign_in_due_at", notNullValue());
    Api.as(People.with("osmo-user"))
        .get("/api/profile/settings")
        .then()
        .statusCode(200)
        .body("sign_in_due_at", nullValue());
  }

  @Test
  void a_sign_in_that_is_due_within_a_week_causes_a_warning_that_clients_print() {
    Api.as(owner).get(TOKENS).then().header("x-osmo-warning", nullValue());

    signedIn("24 days");

    String warning = Api.as(owner).get(TOKENS).header("x-osmo-warning");
    assertThat(new String(Base64.getDecoder().decode(warning), StandardCharsets.UTF_8))
        .startsWith("WARNING: Access token login needs a sign-in of its owner before ")
        .endsWith(" UTC. Run: osmo login");
  }

  @Test
  void only_what_happens_first_is_in_the_warning() {
    People.execute(
        "UPDATE access_token SET expires_at = now() + interval '5 days' WHERE id = ?",
        owner.patId());
    signedIn("24 days");

    String warning = Api.as(owner).get(TOKENS).header("x-osmo-warning");
    assertThat(new String(Base64.getDecoder().decode(warning), StandardCharsets.UTF_8))
        .contains("is expiring on");
  }

  private void signedIn(String ago) {
    People.execute(
        "UPDATE user_identity SET verified_at = now() - CAST(? AS interval) WHERE user_id = ?",
        ago,
        owner.id());
  }

  private String due() {
    return People.query("SELECT sign_in_due_at FROM users WHERE id = ?", owner.id()).getFirst();
  }

  private static void signIn(Jwt token) {
    given()
        .contentType("application/json")
        .body(Map.of("id_token", token.text(), "client_id", "links-client"))
        .post("/api/auth/session")
        .then()
        .statusCode(200);
  }
}
