package dev.osmo.token.pat.history;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.osmo.testkit.contracts.Contracts;
import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The owner learns why a token is refused: each cause, who it was, and what to do next. */
@QuarkusTest
class TokenHistoryTest {

  private static final String TOKENS = "/api/auth/access_token";

  private Person admin;
  private Person user;

  @BeforeEach
  void a_user_with_a_token() {
    admin = People.administrator();
    user = People.with("osmo-user", "osmo-ml-team");
    Api.as(user).queryParam("roles", "osmo-ml-team").post(TOKENS + "/ci").then().statusCode(200);
  }

  @Test
  void a_token_without_a_cause_has_its_events_only() {
    history("ci")
        .body("state", equalTo("Active"))
        .body("reason", nullValue())
        .body("causes", empty())
        .body("removed_roles", empty())
        .body("roles", contains("osmo-ml-team"))
        .body("events.what", contains("token.created"))
        .body("events[0].by", equalTo(user.id()))
        .body("events[0].via", equalTo(user.patId()));
  }

  @Test
  void the_removal_of_the_last_role_is_explained_before_and_after_pruning() {
    Api.as(user).queryParam("roles", "osmo-ml-team").post(TOKENS + "/other");
    Api.as(admin).delete("/api/auth/user/" + user.id() + "/roles/osmo-ml-team");

    noRolesLeft().body("removed_roles[0].pruned_at", nullValue());
    People.query("SELECT count(*) FROM prune_removals(1000)");
    noRolesLeft().body("removed_roles[0].pruned_at", not(nullValue()));

    Api.as(user).get(TOKENS + "/ci").then().body("state", equalTo("No roles"));
    assertThat(
            Api.as(user)
                .queryParam("state", "no_roles")
                .get(TOKENS)
                .jsonPath()
                .getList("token_name", String.class))
        .containsExactly("ci", "other");
  }

  private ValidatableResponse noRolesLeft() {
    return history("ci")
        .body("state", equalTo("No roles"))
        .body("reason", equalTo("no-roles-left"))
        .body("roles", empty())
        .body("removed_roles.role", contains("osmo-ml-team"))
        .body("removed_roles[0].removed_by", equalTo(admin.id()))
        .body("removed_roles[0].also_removed_from", contains("login", "other"))
        .body("causes[0].by", equalTo(admin.id()))
        .body("causes[0].next", contains("osmo token delete ci", "osmo token set ci"));
  }

  @Test
  void the_removal_of_one_of_two_roles_is_a_cause_that_does_not_block() {
    Api.as(user).post(TOKENS + "/both");
    Api.as(admin).delete("/api/auth/user/" + user.id() + "/roles/osmo-ml-team");

    history("both")
        .body("state", equalTo("Active"))
        .body("reason", nullValue())
        .body("causes.reason", contains("role-removed"))
        .body("causes[0].blocks", equalTo(false))
        .body("roles", contains("osmo-user"));
  }

  @Test
  void an_expired_token_is_explained() {
    People.execute("UPDATE access_token SET expires_at = now() WHERE id = ?", id("ci"));

    blocks("expired", null);
  }

  @Test
  void a_suspended_token_names_who_suspended_it() {
    Api.as(admin).post("/api/auth/user/" + user.id() + "/access_token/ci/suspend");

    blocks("suspended", admin.id()).body("causes[0].next", contains("osmo token resume ci"));
  }

  @Test
  void a_revoked_token_names_the_administrator_and_the_reason() {
    String other = id("ci");
    Api.as(admin)
        .contentType("application/json")
        .body(Map.of("reason", "left the team"))
        .post("/api/auth/user/" + user.id() + "/revoke_tokens")
        .then()
        .statusCode(200);

    historyFor(admin, user, other)
        .body("reason", equalTo("revoked"))
        .body("causes[0].by", equalTo(admin.id()))
        .body("causes[0].message", containsString("left the team"))
        .body("causes[0].next[0]", equalTo("osmo token delete ci --user " + user.id()));
  }

  @Test
  void a_reported_token_is_explained_without_a_name() {
    String text = Api.as(user).post(TOKENS + "/leaked").as(String.class);
    given()
        .header("X-Forwarded-For", "198.51.103.1")
        .contentType("application/json")
        .body(Map.of("tokens", List.of(text)))
        .post("/api/auth/leaked");

    history("leaked").body("reason", equalTo("leak-report")).body("causes[0].by", nullValue());
  }

  @Test
  void a_rotated_token_tells_when_its_earlier_secret_ended() {
    Api.as(user).post(TOKENS + "/ci/rotate?grace=0").then().statusCode(200);

    history("ci")
        .body("state", equalTo("Active"))
        .body("reason", nullValue())
        .body("causes.reason", contains("rotated-out"))
        .body("causes[0].by", equalTo(user.id()))
        .body("events.what", hasItem("token.rotated"));
  }

  @Test
  void a_disabled_owner_is_the_first_cause() {
    People.execute("UPDATE access_token SET suspended_at = now() WHERE id = ?", id("ci"));
    Api.as(admin).post("/api/auth/user/" + user.id() + "/disable").then().statusCode(200);

    historyFor(admin, user, "ci")
        .body("reason", equalTo("owner-disabled"))
        .body("causes.reason", contains("owner-disabled", "suspended"))
        .body("causes[0].by", equalTo(admin.id()))
        .body("causes[0].next", contains("osmo user update " + user.id() + " --enable"));
  }

  @Test
  void the_response_has_exactly_the_members_of_the_contract() {
    Api.as(admin).delete("/api/auth/user/" + user.id() + "/roles/osmo-ml-team");
    JsonPath golden = JsonPath.from(Contracts.file("denials.json").toFile());

    JsonPath actual = Api.as(user).get(TOKENS + "/ci/history").jsonPath();

    for (String at : List.of("", "removed_roles[0]", "causes[0]", "events[0]")) {
      Set<String> expected =
          golden.getMap("history.response" + (at.isEmpty() ? "" : "." + at)).keySet().stream()
              .map(Object::toString)
              .collect(Collectors.toSet());
      assertThat(actual.<String, Object>getMap(at.isEmpty() ? "$" : at).keySet())
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  @Tag("I11")
  void a_removed_administrator_learns_who_removed_the_role() {
    Person former = People.administrator();
    Api.as(admin).delete("/api/auth/user/" + former.id() + "/roles/osmo-admin");

    forbidden(Api.as(former).get("/api/auth/user").then())
        .body("denial.reason", equalTo("role-removed"))
        .body("denial.by", equalTo(admin.id()))
        .body("denial.removed_roles.role", contains("osmo-admin"))
        .body("denial.next", contains("osmo token explain login"));
  }

  @Test
  @Tag("I11")
  void a_user_without_the_role_learns_that_the_token_never_had_it() {
    forbidden(Api.as(user).get("/api/auth/user").then())
        .body("denial.reason", equalTo("role-never-held"))
        .body("denial.token_name", equalTo("login"));
  }

  @Test
  @Tag("I11")
  void the_holder_of_a_downscoped_jwt_learns_that_the_token_has_the_role() {
    forbidden(Api.as(admin.loginWithOnly("osmo-user")).get("/api/auth/user").then())
        .body("denial.reason", equalTo("jwt-downscoped"));
  }

  @Test
  @Tag("I11")
  void nobody_else_gets_an_explanation() {
    given().get("/api/auth/user").then().statusCode(401).body("denial", nullValue());
    Api.as(People.with("osmo-user"))
        .get(TOKENS + "/" + id("ci") + "/history")
        .then()
        .statusCode(404)
        .body("denial", nullValue());
  }

  private static ValidatableResponse forbidden(ValidatableResponse response) {
    return response.statusCode(403).body("type", equalTo("urn:osmo:problem:forbidden"));
  }

  private ValidatableResponse blocks(String reason, String by) {
    return history("ci")
        .body("reason", equalTo(reason))
        .body("causes[0].reason", equalTo(reason))
        .body("causes[0].blocks", equalTo(true))
        .body("causes[0].since", not(nullValue()))
        .body("causes[0].by", equalTo(by));
  }

  private ValidatableResponse history(String name) {
    return Api.as(user).get(TOKENS + "/" + name + "/history").then().statusCode(200);
  }

  private static ValidatableResponse historyFor(Person reader, Person owner, String name) {
    return Api.as(reader)
        .get("/api/auth/user/" + owner.id() + "/access_token/" + name + "/history")
        .then()
        .statusCode(200);
  }

  private String id(String name) {
    return Api.as(user).get(TOKENS + "/" + name).path("id");
  }
}
