package dev.osmo.token.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("I7")
class AuditTest {

  private static final String WHO_AND_HOW =
      "SELECT concat_ws(' ', action, actor, via_pat_id, jti, request_id) FROM audit_event WHERE user_id = ? ORDER BY id";

  @AfterEach
  void repair() {
    People.execute("DROP TRIGGER IF EXISTS broken_audit ON audit_event");
  }

  @Test
  void an_audit_row_names_actor_access_token_jwt_and_request() {
    Person user = People.with("osmo-user");
    Jwt jwt = user.login();

    Api.as(jwt)
        .header("X-Request-Id", "create-1")
        .post("/api/auth/access_token/audited")
        .then()
        .statusCode(200)
        .header("X-Request-Id", "create-1");
    Api.as(jwt)
        .header("X-Request-Id", "delete-1")
        .delete("/api/auth/access_token/audited")
        .then()
        .statusCode(200);

    String who = " " + user.id() + " " + user.patId() + " " + jwt.jti() + " ";
    assertThat(People.query(WHO_AND_HOW, user.id()))
        .containsExactly("token.created" + who + "create-1", "token.deleted" + who + "delete-1");
    assertThat(
            People.query(
                "SELECT details->>'name' FROM audit_event WHERE user_id = ? AND pat_id LIKE 'pat_%'",
                user.id()))
        .containsExactly("audited", "audited");
  }

  @Test
  void changes_of_users_and_roles_are_audited() {
    Person admin = People.administrator();
    Person user = People.with();
    Api.as(admin)
        .contentType("application/json")
        .body("{\"role_name\":\"osmo-user\"}")
        .post("/api/auth/user/" + user.id() + "/roles");
    Api.as(admin).delete("/api/auth/user/" + user.id() + "/roles/osmo-user");
    Api.as(admin).delete("/api/auth/user/" + user.id());

    assertThat(
            People.query(
                "SELECT action FROM audit_event WHERE user_id = ? AND actor = ? ORDER BY id",
                user.id(),
                admin.id()))
        .containsExactly("role.granted", "role.removed", "token.deleted", "user.deleted");
  }

  @Test
  void a_change_that_cannot_be_audited_is_rolled_back() {
    Person user = People.with("osmo-user");
    Person admin = People.administrator();
    Api.as(user).post("/api/auth/access_token/kept").then().statusCode(200);
    People.execute(
        "CREATE OR REPLACE FUNCTION break_audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''the trail is full''; END'");
    People.execute(
        "CREATE TRIGGER broken_audit BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION break_audit()");

    Api.as(user)
        .post("/api/auth/access_token/lost")
        .then()
        .statusCode(500)
        .body("type", equalTo("urn:osmo:problem:internal"));
    Api.as(user).delete("/api/auth/access_token/kept").then().statusCode(500);
    Api.as(admin).delete("/api/auth/user/" + user.id() + "/roles/osmo-user").then().statusCode(500);
    Api.as(admin).delete("/api/auth/user/" + user.id()).then().statusCode(500);

    repair();
    Api.as(user).get("/api/auth/access_token").then().body("token_name", contains("kept", "login"));
    Api.as(user)
        .get("/api/auth/access_token/kept/roles")
        .then()
        .body("roles.role_name", contains("osmo-user"));
    assertThat(People.query("SELECT id FROM role_removal WHERE user_id = ?", user.id())).isEmpty();
  }
}
