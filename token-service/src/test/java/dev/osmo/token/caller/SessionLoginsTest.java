package dev.osmo.token.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.People.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a JWT of a session allows, beside what the JWT of an access token allows. */
@QuarkusTest
class SessionLoginsTest {

  private static final String PROFILE = "/api/profile/settings";
  private static final String TOKENS = "/api/auth/access_token/";

  @Test
  void the_profile_has_the_roles_of_the_user_and_no_access_token() {
    SignedIn user = People.signedIn(People.with("osmo-user", "osmo-ml-team"));

    Api.as(user.login())
        .get(PROFILE)
        .then()
        .statusCode(200)
        .body("profile.username", equalTo(user.person().id()))
        .body("roles", contains("osmo-ml-team", "osmo-user"))
        .body("token", nullValue())
        .header("x-osmo-warning", nullValue());
  }

  @ParameterizedTest
  @Tag("I3")
  @ValueSource(
      strings = {
        "SELECT end_session(id, user_id, 'signed out', NULL) FROM login_session WHERE user_id = ?",
        "UPDATE login_session SET expires_at = now() WHERE user_id = ?",
        "UPDATE users SET disabled_at = now() WHERE id = ?",
        "DELETE FROM login_session WHERE user_id = ?",
        "DELETE FROM users WHERE id = ?"
      })
  void a_session_that_cannot_be_used_is_refused_at_once(String end) {
    SignedIn user = People.signedIn(People.with("osmo-user"));
    String jwt = user.login().text();
    Api.withBearer(jwt).get(PROFILE).then().statusCode(200);

    if (end.startsWith("SELECT")) {
      People.query(end, user.person().id());
    } else {
      People.execute(end, user.person().id());
    }

    Api.withBearer(jwt).get(PROFILE).then().statusCode(401);
    Api.withBearer(jwt).post(TOKENS + "late").then().statusCode(401);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong("no login", jwt -> jwt.without("sid")),
        wrong("two logins", jwt -> jwt.claim("pat_id", "pat_0000000000000000000000")),
        wrong("a secret", jwt -> jwt.claim("osmo_secret_id", UUID.randomUUID().toString())),
        wrong("another session", jwt -> jwt.claim("sid", UUID.randomUUID().toString())),
        wrong("no UUID", jwt -> jwt.claim("sid", "x")),
        wrong("null", jwt -> jwt.claim("sid", null)),
        wrong("a list", jwt -> jwt.claim("sid", List.of("x"))),
        wrong("another user", jwt -> jwt.claim("sub", People.with("osmo-user").id())));
  }

  private static Arguments wrong(String name, Consumer<Jwt> change) {
    return Arguments.of(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @Tag("I9")
  @MethodSource("wrong")
  void a_jwt_names_exactly_one_login_of_its_user(String name, Consumer<Jwt> change) {
    SignedIn user = People.signedIn(People.with("osmo-user"));

    Api.as(user.login().with(change)).get(PROFILE).then().statusCode(401);
  }

  @Test
  @Tag("I2")
  void a_removed_role_is_lost_at_once() {
    Person admin = People.administrator();
    SignedIn user = People.signedIn(People.with("osmo-admin", "osmo-user"));
    String jwt = user.login().text();
    Api.withBearer(jwt).get("/api/auth/user").then().statusCode(200);

    Api.as(admin)
        .delete("/api/auth/user/" + user.person().id() + "/roles/osmo-admin")
        .then()
        .statusCode(200);

    Api.withBearer(jwt)
        .get("/api/auth/user")
        .then()
        .statusCode(403)
        .body("denial.reason", equalTo("role-removed"))
        .body("denial.token_name", nullValue())
        .body("denial.by", equalTo(admin.id()))
        .body("denial.next", equalTo(List.of()));
  }

  @Test
  void a_missing_role_is_explained_without_an_access_token() {
    SignedIn user = People.signedIn(People.with("osmo-user"));
    String id = user.person().id();

    Api.as(user.login())
        .get("/api/auth/user")
        .then()
        .statusCode(403)
        .body("denial.reason", equalTo("role-never-held"))
        .body(
            "denial.message",
            equalTo("This requires the role osmo-admin, which user " + id + " never had."));
    SignedIn administrator = People.signedIn(People.administrator());
    Api.as(administrator.loginWithOnly("osmo-user"))
        .get("/api/auth/user")
        .then()
        .statusCode(403)
        .body("denial.reason", equalTo("jwt-downscoped"));
  }

  @Test
  @Tag("I6")
  void a_token_made_in_a_session_has_no_parent_and_may_live_as_long_as_the_policy_allows() {
    SignedIn user = People.signedIn(People.with("osmo-user"));
    Instant late = Instant.now().plus(Duration.ofDays(300));

    Api.as(user.login())
        .queryParam("expires_at", late.toString().substring(0, 10))
        .post(TOKENS + "made")
        .then()
        .statusCode(200);

    assertThat(
            People.query(
                "SELECT coalesce(t.parent_id, s.made_with::text, 'none') FROM access_token t JOIN access_token_secret s ON s.token_id = t.id WHERE t.user_id = ? AND t.name = 'made'",
                user.person().id()))
        .containsExactly("none");
    assertThat(
            People.query(
                "SELECT via_session_id FROM audit_event WHERE user_id = ? AND action = 'token.created' AND via_pat_id IS NULL AND jti IS NOT NULL",
                user.person().id()))
        .containsExactly(user.session().toString());
  }

  @Test
  @Tag("I6")
  void a_downscoped_jwt_of_a_session_yields_no_secret() {
    SignedIn user = People.signedIn(People.with("osmo-user", "osmo-ml-team"));
    Api.as(user.login()).post(TOKENS + "mine").then().statusCode(200);
    Jwt downscoped = user.loginWithOnly("osmo-user");

    Api.as(downscoped)
        .queryParam("roles", "osmo-user")
        .post(TOKENS + "less")
        .then()
        .statusCode(403);
    Api.as(downscoped).post(TOKENS + "mine/rotate").then().statusCode(403);
  }

  @Test
  @Tag("I6")
  void the_owner_moves_the_expiry_of_an_own_token_in_a_session_and_not_with_an_access_token() {
    Person owner = People.with("osmo-user");
    SignedIn user = People.signedIn(owner);
    Api.as(owner).queryParam("expires_in", "2d").post(TOKENS + "short").then().statusCode(200);

    Api.as(owner)
        .queryParam("expires_in", "90d")
        .post(TOKENS + "short/rotate")
        .then()
        .statusCode(403);
    Api.as(user.login())
        .queryParam("expires_in", "90d")
        .post(TOKENS + "short/rotate")
        .then()
        .statusCode(200);

    assertThat(
            People.query(
                "SELECT expires_at > now() + interval '80 days' FROM access_token WHERE user_id = ? AND name = 'short'",
                owner.id()))
        .containsExactly("t");
  }

  @Test
  @Tag("I3")
  void a_user_whose_tokens_are_all_revoked_has_no_session_left() {
    SignedIn user = People.signedIn(People.with("osmo-user"));
    Person admin = People.administrator();

    Api.as(admin)
        .contentType("application/json")
        .body("{\"reason\":\"stolen\"}")
        .post("/api/auth/user/" + user.person().id() + "/revoke_tokens")
        .then()
        .statusCode(200);

    Api.as(user.login()).get(PROFILE).then().statusCode(401);
    assertThat(
            People.query(
                "SELECT actor FROM audit_event WHERE user_id = ? AND action = 'session.ended'",
                user.person().id()))
        .containsExactly(admin.id());
  }

  @Test
  void a_session_has_no_token_self() {
    SignedIn user = People.signedIn(People.with("osmo-user"));

    Api.as(user.login()).get(TOKENS + "self").then().statusCode(404);
  }

  @Test
  void an_administrator_in_a_session_creates_a_token_for_another_user() {
    SignedIn admin = People.signedIn(People.administrator());
    Person owner = People.with("osmo-user");

    Api.as(admin.login())
        .post("/api/auth/user/" + owner.id() + "/access_token/given")
        .then()
        .statusCode(200);
  }
}
