package dev.osmo.token.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** If the trail cannot be written, the change does not happen: for everything that changes. */
@QuarkusTest
@Tag("I7")
class AuditOrNothingTest {

  private static final String OWN = "/api/auth/access_token/";

  /** All rows that a change could touch, as one text. */
  private static final String STATE =
      """
      SELECT md5(concat_ws('|',
        (SELECT string_agg(x::text, ',' ORDER BY x.id) FROM users x),
        (SELECT string_agg(x::text, ',' ORDER BY x.name) FROM role x),
        (SELECT string_agg(x::text, ',' ORDER BY x.id) FROM role_assignment x),
        (SELECT string_agg(x::text, ',' ORDER BY x.id) FROM role_removal x),
        (SELECT string_agg(x::text, ',' ORDER BY x.id) FROM access_token x),
        (SELECT string_agg(x::text, ',' ORDER BY x.id) FROM access_token_secret x),
        (SELECT string_agg(x::text, ',' ORDER BY x.token_id, x.assignment_id) FROM access_token_role x),
        (SELECT string_agg(x::text, ',' ORDER BY x.user_id, x.key_hash) FROM idempotency_key x),
        (SELECT string_agg(x::text, ',' ORDER BY x.user_id) FROM profile x),
        (SELECT count(*)::text FROM audit_event)))
      """;

  record Change(String name, Function<Scene, Response> request) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Change> changes() {
    return Stream.of(
        new Change(
            "create", scene -> scene.asUser().header("Idempotency-Key", "k").post(OWN + "lost")),
        new Change(
            "create for another", scene -> scene.asAdmin().post(scene.user("access_token/lost"))),
        new Change("rotate", scene -> scene.asUser().post(OWN + "token/rotate?expires_in=1d")),
        new Change("suspend", scene -> scene.asUser().post(OWN + "token/suspend")),
        new Change("resume", scene -> scene.asUser().post(OWN + "asleep/resume")),
        new Change("delete", scene -> scene.asUser().delete(OWN + "token")),
        new Change("revoke all", scene -> scene.asAdmin().post(scene.user("revoke_tokens"))),
        new Change(
            "leak",
            scene ->
                given()
                    .header("X-Forwarded-For", "192.0.2.77")
                    .contentType("application/json")
                    .body(Map.of("tokens", List.of(scene.text())))
                    .post("/api/auth/leaked")),
        new Change(
            "create user",
            scene ->
                scene
                    .asAdmin()
                    .body(Map.of("id", "new" + scene.user().id()))
                    .post("/api/auth/user")),
        new Change("disable user", scene -> scene.asAdmin().post(scene.user("disable"))),
        new Change(
            "enable user",
            scene -> scene.asAdmin().post("/api/auth/user/" + scene.shutOut().id() + "/enable")),
        new Change(
            "delete user", scene -> scene.asAdmin().delete("/api/auth/user/" + scene.user().id())),
        new Change(
            "grant",
            scene ->
                scene.asAdmin().body(Map.of("role_name", "osmo-batch")).post(scene.user("roles"))),
        new Change(
            "grant to many",
            scene ->
                scene
                    .asAdmin()
                    .body(Map.of("user_ids", List.of(scene.user().id(), scene.shutOut().id())))
                    .post("/api/auth/roles/osmo-batch/users")),
        new Change("remove role", scene -> scene.asAdmin().delete(scene.user("roles/osmo-user"))),
        new Change(
            "define role",
            scene ->
                scene
                    .asAdmin()
                    .body(Map.of("description", "x"))
                    .put("/api/configs/role/osmo-lost")),
        new Change("delete role", scene -> scene.asAdmin().delete("/api/configs/role/osmo-batch")),
        new Change(
            "change profile",
            scene -> scene.asUser().body(Map.of("pool", "lost")).post("/api/profile/settings")));
  }

  /** A user with a token awake and one asleep, somebody shut out, a role that can go. */
  record Scene(Person admin, Person user, Person shutOut, String text) {

    static Scene set() {
      Person user = People.with("osmo-user", "osmo-ml-team");
      String text = Api.as(user).post(OWN + "token").as(String.class);
      Api.as(user).post(OWN + "asleep").then().statusCode(200);
      Api.as(user).post(OWN + "asleep/suspend").then().statusCode(200);
      Person shutOut = People.with("osmo-user");
      People.with("osmo-batch");
      People.execute("UPDATE users SET disabled_at = now() WHERE id = ?", shutOut.id());
      return new Scene(People.administrator(), user, shutOut, text);
    }

    RequestSpecification asUser() {
      return Api.as(user).contentType("application/json");
    }

    RequestSpecification asAdmin() {
      return Api.as(admin).contentType("application/json");
    }

    String user(String rest) {
      return "/api/auth/user/" + user.id() + "/" + rest;
    }
  }

  @AfterEach
  void mend() {
    People.execute("DROP TRIGGER IF EXISTS broken_audit ON audit_event");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void what_cannot_be_put_on_record_does_not_happen(Change change) {
    Scene scene = Scene.set();
    breakTheTrail();
    List<String> before = People.query(STATE);

    assertThat(change.request().apply(scene).statusCode()).isEqualTo(500);

    assertThat(People.query(STATE)).isEqualTo(before);
  }

  /**
   * The same requests are no failures by themselves, and each leaves a row that names its request.
   */
  @ParameterizedTest
  @MethodSource("changes")
  void with_a_working_trail_each_change_happens_and_is_on_record(Change change) {
    Scene scene = Scene.set();
    List<String> before = People.query(STATE);
    List<String> last = People.query("SELECT coalesce(max(id), 0) FROM audit_event");

    assertThat(change.request().apply(scene).statusCode()).isIn(200, 202);

    assertThat(People.query(STATE)).isNotEqualTo(before);
    assertThat(
            People.query(
                "SELECT CASE WHEN request_id IS NULL THEN action || ' without request' WHEN action <> 'token.revoked' AND (via_pat_id IS NULL OR jti IS NULL) THEN action || ' without login' ELSE 'complete' END FROM audit_event WHERE id > CAST(? AS bigint)",
                last.getFirst()))
        .isNotEmpty()
        .containsOnly("complete");
  }

  /** A new route that changes something needs its line above. */
  @Test
  void reading_leaves_no_row() {
    Scene scene = Scene.set();
    List<String> before = People.query(STATE);

    scene.asUser().get("/api/auth/access_token").then().statusCode(200);
    scene.asUser().get(OWN + "token").then().statusCode(200);
    scene.asAdmin().get(scene.user("roles/osmo-user/removal")).then().statusCode(200);
    scene.asAdmin().get("/api/auth/audit").then().statusCode(200);

    assertThat(People.query(STATE)).isEqualTo(before);
  }

  private static void breakTheTrail() {
    People.execute(
        "CREATE OR REPLACE FUNCTION break_audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''the trail is full''; END'");
    People.execute(
        "CREATE TRIGGER broken_audit BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION break_audit()");
  }
}
