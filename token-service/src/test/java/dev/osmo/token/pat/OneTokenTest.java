package dev.osmo.token.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OneTokenTest {

  private static final String TOKENS = "/api/auth/access_token";

  @Test
  void a_token_is_shown_by_name_by_id_and_as_self() {
    Person user = People.with("osmo-user");

    for (String address : List.of("login", "LOGIN", user.patId(), "self")) {
      Api.as(user)
          .get(TOKENS + "/" + address)
          .then()
          .statusCode(200)
          .body("id", equalTo(user.patId()))
          .body("token_name", equalTo("login"))
          .body("user_name", equalTo(user.id()))
          .body("state", equalTo("Active"))
          .body("roles", contains("osmo-user"))
          .body("created_by", equalTo("test"))
          .body("parent_id", nullValue())
          .body("last_used_at", nullValue())
          .body("derived_tokens", equalTo(0))
          .body("secrets.size()", equalTo(1))
          .body("secrets[0].valid_until", nullValue());
    }
  }

  @Test
  void the_last_use_is_shown() {
    Person user = People.with("osmo-user");
    People.execute("INSERT INTO access_token_use VALUES (?, '2026-11-01T12:00:00Z')", user.patId());

    Api.as(user).get(TOKENS + "/self").then().body("last_used_at", equalTo("2026-11-01T12:00:00Z"));
    Api.as(user).get(TOKENS).then().body("last_used_at", hasItem("2026-11-01T12:00:00Z"));
  }

  @Test
  void roles_and_deletion_accept_an_id() {
    Person user = People.with("osmo-user");
    Api.as(user).post(TOKENS + "/brief");
    String id = Api.as(user).get(TOKENS + "/brief").path("id");

    Api.as(user).get(TOKENS + "/" + id + "/roles").then().body("token_name", equalTo("brief"));
    Api.as(user).delete(TOKENS + "/" + id).then().statusCode(200).body(equalTo("null"));
    Api.as(user).get(TOKENS + "/" + id).then().statusCode(404);
    Api.as(user).get(TOKENS + "/brief").then().statusCode(404);
  }

  @Test
  void a_token_that_deletes_itself_ends_its_login() {
    Person user = People.with("osmo-user");

    Api.as(user).delete(TOKENS + "/self").then().statusCode(200);

    Api.as(user).get(TOKENS).then().statusCode(401);
  }

  @Test
  @Tag("I11")
  void the_id_of_another_users_token_is_not_found() {
    Person owner = People.with("osmo-user");
    Person other = People.with("osmo-user");
    String theirs = TOKENS + "/" + owner.patId();

    Api.as(other).get(theirs).then().statusCode(404);
    Api.as(other).get(theirs + "/roles").then().statusCode(404);
    Api.as(other).post(theirs + "/rotate").then().statusCode(404);
    Api.as(other).post(theirs + "/suspend").then().statusCode(404);
    Api.as(other).post(theirs + "/resume").then().statusCode(404);
    Api.as(other).post(theirs + "/revoke").then().statusCode(404);
    Api.as(other).delete(theirs).then().statusCode(404);
    String asAdministrator = "/api/auth/user/" + owner.id() + "/access_token/" + owner.patId();
    Api.as(other).get(asAdministrator).then().statusCode(403);
    Api.as(other).post(asAdministrator + "/suspend").then().statusCode(403);
    Api.as(owner).get(TOKENS + "/self").then().body("state", equalTo("Active"));
  }

  @Test
  void an_administrator_shows_suspends_and_resumes_the_token_of_another_user() {
    Person admin = People.administrator();
    Person user = People.with("osmo-ml-team");
    String path = "/api/auth/user/" + user.id() + "/access_token/";

    Api.as(admin).get(path + "login").then().body("id", equalTo(user.patId()));
    Api.as(admin).get(path + user.patId() + "/roles").then().statusCode(200);
    Api.as(admin).get(path + "self").then().statusCode(404);
    Api.as(admin).post(path + "login/suspend").then().body("state", equalTo("Suspended"));
    Api.as(user).get(TOKENS).then().statusCode(401);
    People.execute(
        "UPDATE access_token SET expires_at = now() + interval '100 days' WHERE id = ?",
        user.patId());
    Api.as(admin).post(path + "login/resume").then().body("state", equalTo("Active"));
    Api.as(user).get(TOKENS).then().statusCode(200);

    assertThat(
            People.query(
                "SELECT action FROM audit_event WHERE pat_id = ? ORDER BY id", user.patId()))
        .containsExactly("token.suspended", "token.resumed");
  }

  @Test
  void suspending_twice_has_one_audit_row() {
    Person user = People.with("osmo-user");
    Api.as(user).post(TOKENS + "/nap");

    Api.as(user).post(TOKENS + "/nap/suspend").then().body("state", equalTo("Suspended"));
    Api.as(user).post(TOKENS + "/nap/suspend").then().body("state", equalTo("Suspended"));

    assertThat(
            People.query(
                "SELECT action FROM audit_event WHERE user_id = ? AND action = 'token.suspended'",
                user.id()))
        .hasSize(1);
  }

  @Test
  @Tag("I3")
  void a_revoked_token_stays_in_the_list_for_good_and_has_one_audit_row() {
    Person user = People.with("osmo-user");
    Api.as(user).post(TOKENS + "/stolen");
    Api.as(user).post(TOKENS + "/stolen/rotate").then().statusCode(200);

    for (int times = 0; times < 2; times++) {
      Api.as(user)
          .post(TOKENS + "/stolen/revoke")
          .then()
          .statusCode(200)
          .header("X-Osmo-Derived-Tokens", "0")
          .body("state", equalTo("Revoked"))
          .body("reason", equalTo("revoked by its owner"));
    }

    Api.as(user).get(TOKENS).then().body("token_name", hasItem("stolen"));
    Api.as(user).post(TOKENS + "/stolen/resume").then().body("state", equalTo("Revoked"));
    Api.as(user).post(TOKENS + "/stolen/rotate").then().statusCode(409);
    assertThat(
            People.query(
                "SELECT details->>'reason' FROM audit_event WHERE user_id = ? AND action = 'token.revoked'",
                user.id()))
        .containsExactly("revoked by its owner");
  }

  @Test
  void revoking_the_token_of_a_login_refuses_the_login_and_keeps_what_it_created() {
    Person admin = People.administrator();
    Person user = People.with("osmo-user");
    String path = "/api/auth/user/" + user.id() + "/access_token/";
    Api.as(user).post(TOKENS + "/child");

    Api.as(admin)
        .post(path + "login/revoke")
        .then()
        .header("X-Osmo-Derived-Tokens", "1")
        .body("reason", equalTo("revoked by an administrator"));

    Api.as(user).get(TOKENS).then().statusCode(401);
    Api.as(admin).get(path + "child").then().body("state", equalTo("Active"));
  }

  @Test
  @Tag("I6")
  void any_own_login_suspends_a_token_but_only_one_with_its_roles_resumes_it() {
    Person user = People.with("osmo-user", "osmo-ml-team");
    Api.as(user).post(TOKENS + "/wide");

    Api.as(user.loginWithOnly("osmo-user")).post(TOKENS + "/wide/suspend").then().statusCode(200);
    Api.as(user.loginWithOnly("osmo-user"))
        .post(TOKENS + "/wide/resume")
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:osmo:problem:exceeds-login"));
    Api.as(user).post(TOKENS + "/wide/resume").then().body("state", equalTo("Active"));
  }

  @Test
  @Tag("I6")
  void a_login_that_expires_earlier_cannot_resume_a_token() {
    Person user = People.with(Instant.now().plus(5, ChronoUnit.DAYS), "osmo-user");
    Api.as(user).post(TOKENS + "/long");
    People.execute(
        "UPDATE access_token SET suspended_at = now(), expires_at = now() + interval '9 days' WHERE user_id = ? AND name = 'long'",
        user.id());

    Api.as(user).post(TOKENS + "/long/resume").then().statusCode(403);
  }

  @Test
  void a_deletion_reports_the_number_of_remaining_derived_tokens() {
    Person user = People.with("osmo-user");
    Api.as(user).post(TOKENS + "/child");
    String child = Api.as(user).get(TOKENS + "/child").path("id");
    Api.as(new Person(user.id(), child, user.roles())).post(TOKENS + "/grandchild");
    Api.as(user).get(TOKENS + "/self").then().body("derived_tokens", equalTo(2));

    Api.as(user)
        .delete(TOKENS + "/child")
        .then()
        .statusCode(200)
        .header("X-Osmo-Derived-Tokens", "1")
        .body(equalTo("null"));

    Api.as(user).get(TOKENS + "/grandchild").then().body("parent_id", equalTo(child));
    Api.as(user).get(TOKENS + "/self").then().body("derived_tokens", equalTo(1));
  }
}
