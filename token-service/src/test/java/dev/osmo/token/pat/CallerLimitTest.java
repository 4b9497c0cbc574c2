package dev.osmo.token.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("I6")
class CallerLimitTest {

  private static final String TOKENS = "/api/auth/access_token";
  private static final String ROLES_OF_CHILD = "find { it.token_name == 'child' }.roles";

  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  @Test
  void a_downscoped_jwt_never_yields_a_secret() {
    Person user = People.with("osmo-user", "osmo-ml-team");
    Person admin = People.administrator();
    Jwt narrowed = user.loginWithOnly("osmo-user");

    for (String path :
        List.of(TOKENS + "/child", TOKENS + "/child?roles=osmo-user", TOKENS + "/self/rotate")) {
      Api.as(narrowed)
          .post(path)
          .then()
          .statusCode(403)
          .body("type", equalTo("urn:osmo:problem:exceeds-login"))
          .body("detail", containsString("scope"));
    }
    Api.as(admin)
        .post("/api/auth/user/" + user.id() + "/access_token/child")
        .then()
        .statusCode(200);
    Api.as(narrowed).get(TOKENS).then().statusCode(200).body("size()", equalTo(2));
    Api.as(narrowed).post(TOKENS + "/child/suspend").then().statusCode(200);
    Api.as(narrowed).delete(TOKENS + "/child").then().statusCode(200);
  }

  @Test
  void a_jwt_with_all_remaining_roles_of_its_token_is_not_downscoped() {
    Person admin = People.administrator();
    Person user = People.with("osmo-user", "osmo-ml-team");
    Api.as(admin)
        .delete("/api/auth/user/" + user.id() + "/roles/osmo-ml-team")
        .then()
        .statusCode(200);

    Api.as(user.loginWithOnly("osmo-user")).post(TOKENS + "/child").then().statusCode(200);
  }

  @Test
  void a_role_that_the_jwt_lacks_is_refused_by_name() {
    Person user = People.with("osmo-user", "osmo-ml-team");

    Api.as(user.loginWithOnly("osmo-user"))
        .queryParam("roles", "osmo-ml-team")
        .post(TOKENS + "/child")
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:osmo:problem:exceeds-login"))
        .body("detail", containsString("osmo-ml-team"));
  }

  @Test
  void a_role_assigned_after_the_calling_token_was_created_is_not_passed_on() {
    Person user = People.with("osmo-user");
    People.execute(
        "INSERT INTO role_assignment (user_id, role_name, assigned_by) VALUES (?, 'osmo-admin', 'x')",
        user.id());

    Api.as(user.loginWithOnly("osmo-user", "osmo-admin"))
        .post(TOKENS + "/child")
        .then()
        .statusCode(200);

    Api.as(user).get(TOKENS).then().body(ROLES_OF_CHILD, contains("osmo-user"));
  }

  @Test
  void the_default_expiry_is_at_most_that_of_the_calling_token() {
    Instant end = Instant.now().plus(5, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    Person user = People.with(end, "osmo-user");

    Api.as(user).post(TOKENS + "/child").then().statusCode(200);

    assertThat(
            People.query(
                "SELECT expires_at = CAST(? AS timestamptz) FROM access_token WHERE user_id = ? AND name = 'child'",
                end.toString(),
                user.id()))
        .containsExactly("t");
  }

  @Test
  void an_expiry_after_that_of_the_calling_token_is_refused_with_the_limit() {
    Instant end = Instant.now().plus(5, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    Person user = People.with(end, "osmo-user");

    Api.as(user)
        .queryParam("expires_at", today.plusDays(20).toString())
        .post(TOKENS + "/child")
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:osmo:problem:exceeds-login"))
        .body("detail", containsString(end.toString()));
  }

  @Test
  void a_derived_token_names_its_parent() {
    Person user = People.with("osmo-user");

    Api.as(user).post(TOKENS + "/child");

    assertThat(
            People.query(
                "SELECT parent_id FROM access_token WHERE user_id = ? AND name = 'child'",
                user.id()))
        .containsExactly(user.patId());
  }

  @Test
  void an_administrator_creates_a_token_with_the_roles_of_the_target_user() {
    Person admin = People.administrator();
    Person user = People.with("osmo-ml-team");

    Api.as(admin)
        .post("/api/auth/user/" + user.id() + "/access_token/child")
        .then()
        .statusCode(200);

    Api.as(admin)
        .get("/api/auth/user/" + user.id() + "/access_token")
        .then()
        .body(ROLES_OF_CHILD, contains("osmo-ml-team"));
    assertThat(
            People.query(
                "SELECT created_by || ' ' || coalesce(parent_id, '-') FROM access_token WHERE user_id = ? AND name = 'child'",
                user.id()))
        .containsExactly(admin.id() + " " + admin.patId());
    Api.as(admin)
        .delete("/api/auth/user/" + user.id() + "/access_token/child")
        .then()
        .statusCode(200);
  }

  @Test
  void an_administrator_cannot_exceed_the_roles_of_the_target_user_or_the_expiry_of_the_login() {
    Person admin = People.with(Instant.now().plus(5, ChronoUnit.DAYS), "osmo-admin");
    Person user = People.with("osmo-user");
    String path = "/api/auth/user/" + user.id() + "/access_token/child";

    Api.as(admin).queryParam("roles", "osmo-admin").post(path).then().statusCode(422);
    Api.as(admin)
        .queryParam("expires_at", today.plusDays(9).toString())
        .post(path)
        .then()
        .statusCode(403);
  }

  @Test
  void on_the_administrators_path_the_caller_limits_apply_to_the_callers_own_tokens() {
    Person admin = People.administrator();

    Api.as(admin.loginWithOnly("osmo-admin"))
        .queryParam("roles", "osmo-user")
        .post("/api/auth/user/" + admin.id() + "/access_token/child")
        .then()
        .statusCode(403);
  }

  @Test
  void a_token_for_an_unknown_user_is_refused() {
    Api.as(People.administrator())
        .post("/api/auth/user/nobody@example.com/access_token/child")
        .then()
        .statusCode(404)
        .body("message", equalTo("User nobody@example.com not found"));
  }

  @Test
  void a_token_for_a_disabled_user_is_refused() {
    Person user = People.with("osmo-user");
    People.execute("UPDATE users SET disabled_at = now() WHERE id = ?", user.id());

    Api.as(People.administrator())
        .post("/api/auth/user/" + user.id() + "/access_token/child")
        .then()
        .statusCode(409);
  }
}
