package dev.osmo.token.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;

import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Pages;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Stage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RolesTest {

  private final Person admin = People.administrator();
  private final String role = "team-" + UUID.randomUUID();

  @Test
  void a_role_is_created_described_and_listed() {
    Api.as(admin)
        .contentType("application/json")
        .body(
            "{\"name\":\""
                + role
                + "\",\"description\":\"A team\",\"policies\":[],\"immutable\":false,\"sync_mode\":\"import\",\"external_roles\":[]}")
        .put("/api/configs/role/" + role)
        .then()
        .statusCode(200);

    Api.as(admin)
        .get("/api/configs/role/" + role)
        .then()
        .statusCode(200)
        .body("name", equalTo(role))
        .body("description", equalTo("A team"));
    Api.as(admin)
        .get("/api/configs/role")
        .then()
        .body("name", hasItem(role))
        .body("name", hasItem("osmo-admin"));
  }

  @Test
  void roles_are_listed_in_pages() {
    List<List<String>> pages = Pages.walk(admin, "/api/configs/role?limit=2", "name");

    assertThat(pages).allMatch(page -> page.size() <= 2);
    assertThat(pages.stream().flatMap(List::stream).toList())
        .contains("osmo-admin", "osmo-user")
        .isSorted()
        .doesNotHaveDuplicates();
    Api.as(admin).get("/api/configs/role?limit=0").then().statusCode(422);
    Api.as(admin).get("/api/configs/role?page=2").then().statusCode(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"another\"}",
        "{\"description\": \"right\\u202eleft\"}",
        "{\"description\": \"\\u001b[31mred\"}"
      })
  void a_role_with_a_malformed_name_or_unprintable_description_is_refused(String body) {
    Api.as(admin)
        .contentType("application/json")
        .body(body)
        .put("/api/configs/role/" + role)
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:osmo:problem:invalid-field"));
    Api.as(admin).get("/api/configs/role/" + role).then().statusCode(404);
  }

  @Test
  void the_description_of_a_role_is_stored_in_normalization_form_c() {
    Api.as(admin)
        .contentType("application/json")
        .body("{\"description\": \"Cafe\\u0301\"}")
        .put("/api/configs/role/" + role)
        .then()
        .statusCode(200)
        .body("description", equalTo("Caf\u00e9"));
  }

  @Test
  void assigning_a_role_twice_returns_the_first_assignment() {
    Person user = People.with();

    String first =
        grant(user, "osmo-user")
            .then()
            .statusCode(200)
            .body("role_name", equalTo("osmo-user"))
            .body("assigned_by", equalTo(admin.id()))
            .extract()
            .asString();

    assertThat(grant(user, "osmo-user").asString()).isEqualTo(first);
    Api.as(admin)
        .get("/api/auth/user/" + user.id() + "/roles")
        .then()
        .body("user_id", equalTo(user.id()))
        .body("roles.role_name", contains("osmo-user"));
  }

  @Test
  void an_unknown_user_or_role_is_not_found() {
    Person user = People.with();

    grant(user, "no-such-role")
        .then()
        .statusCode(404)
        .body("message", equalTo("Role no-such-role does not exist"));
    Api.as(admin).get("/api/auth/user/nobody/roles").then().statusCode(404);
    Api.as(admin).get("/api/auth/roles/no-such-role/users").then().statusCode(404);
    Api.as(admin).delete("/api/configs/role/no-such-role").then().statusCode(404);
    Api.as(admin).get("/api/configs/role/no-such-role").then().statusCode(404);
  }

  @Test
  void an_assignment_requires_a_role_name() {
    Person user = People.with();
    String path = "/api/auth/user/" + user.id() + "/roles";

    Api.as(admin).contentType("application/json").body("{}").post(path).then().statusCode(422);
    Api.as(admin).contentType("application/json").post(path).then().statusCode(422);
    Api.as(admin)
        .contentType("application/json")
        .body("{\"role_name\":\"a,b\"}")
        .post(path)
        .then()
        .statusCode(422);
  }

  @Test
  @Tag("I7")
  void a_removal_event_names_the_administrator() {
    Person user = People.with("osmo-user");

    Api.as(admin)
        .delete("/api/auth/user/" + user.id() + "/roles/osmo-user")
        .then()
        .statusCode(200)
        .body(equalTo("null"));

    Api.as(admin).get("/api/auth/user/" + user.id() + "/roles").then().body("roles", empty());
    assertThat(People.query("SELECT removed_by FROM role_removal WHERE user_id = ?", user.id()))
        .containsExactly(admin.id());
  }

  @Test
  void removing_a_role_that_the_user_lacks_changes_nothing() {
    Person user = People.with("osmo-user");

    Api.as(admin)
        .delete("/api/auth/user/" + user.id() + "/roles/osmo-introspect")
        .then()
        .statusCode(200)
        .body(equalTo("null"));

    assertThat(People.query("SELECT id FROM role_removal WHERE user_id = ?", user.id())).isEmpty();
    assertThat(People.query("SELECT id FROM audit_event WHERE user_id = ?", user.id())).isEmpty();
  }

  @Test
  void a_role_is_assigned_to_many_users_with_one_result_each() {
    define();
    Person holder = People.with();
    grant(holder, role);
    Person fresh = People.with();

    Api.as(admin)
        .contentType("application/json")
        .body(
            "{\"user_ids\":[\""
                + fresh.id()
                + "\",\""
                + holder.id()
                + "\",\"nobody\",\""
                + fresh.id()
                + "\"]}")
        .post("/api/auth/roles/" + role + "/users")
        .then()
        .statusCode(200)
        .body("role_name", equalTo(role))
        .body("assigned", contains(fresh.id()))
        .body("already_assigned", contains(holder.id()))
        .body("failed", contains("nobody"));

    Api.as(admin)
        .get("/api/auth/roles/" + role + "/users")
        .then()
        .body("users.user_id", contains(fresh.id(), holder.id()))
        .body("users[0].assigned_at", matchesPattern("[-0-9]{10}T[:0-9]{8}(\\.\\d{6})?\\+00:00"));
  }

  @Test
  void the_users_of_a_role_are_paged_newest_first() {
    Person first = People.with("osmo-user", "paged-role");
    Person second = People.with("osmo-user", "paged-role");
    Person third = People.with("osmo-user", "paged-role");
    String users = "/api/auth/roles/paged-role/users";

    Api.as(admin)
        .get(users)
        .then()
        .statusCode(200)
        .body("users.user_id", contains(third.id(), second.id(), first.id()));
    assertThat(Pages.walk(admin, users + "?limit=2", "users.user_id"))
        .containsExactly(List.of(third.id(), second.id()), List.of(first.id()));
    Api.as(admin).get(users + "?limit=0").then().statusCode(422);
    Api.as(admin).get(users + "?cursor=YQpi").then().statusCode(422);
  }

  @Test
  @Tag("I7")
  void deleting_a_role_removes_its_assignments_with_removal_events() {
    define();
    Person user = People.with();
    grant(user, role);

    Api.as(admin).delete("/api/configs/role/" + role).then().statusCode(200).body(equalTo("null"));

    assertThat(People.query("SELECT removed_by FROM role_removal WHERE role_name = ?", role))
        .containsExactly(admin.id());
    assertThat(People.query("SELECT id FROM role_assignment WHERE role_name = ?", role)).isEmpty();
    assertThat(
            People.query(
                "SELECT action FROM audit_event WHERE actor = ? AND details->>'role' = ? ORDER BY id",
                admin.id(),
                role))
        .containsExactly("role.defined", "role.granted", "role.removed", "role.deleted");
  }

  @Test
  void the_administrators_role_cannot_be_deleted() {
    Api.as(admin).delete("/api/configs/role/osmo-admin").then().statusCode(409);
  }

  @Test
  void the_last_enabled_administrator_cannot_be_removed() {
    leaveOnly(admin);

    Api.as(admin)
        .delete("/api/auth/user/" + admin.id() + "/roles/osmo-admin")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:osmo:problem:last-administrator"));
    Api.as(admin).delete("/api/auth/user/" + admin.id()).then().statusCode(409);

    Person second = People.administrator();
    Api.as(second)
        .delete("/api/auth/user/" + admin.id() + "/roles/osmo-admin")
        .then()
        .statusCode(200);
  }

  @RepeatedTest(10)
  void two_administrators_who_remove_each_other_concurrently_leave_one() {
    Person other = People.administrator();
    leaveOnly(admin, other);

    CompletableFuture<Integer> one =
        CompletableFuture.supplyAsync(() -> unseat(admin, other), Thread::startVirtualThread);
    CompletableFuture<Integer> two =
        CompletableFuture.supplyAsync(() -> unseat(other, admin), Thread::startVirtualThread);

    assertThat(List.of(one.join(), two.join())).containsOnlyOnce(200);
    assertThat(
            People.query(
                "SELECT user_id FROM role_assignment a JOIN users u ON u.id = a.user_id WHERE role_name = 'osmo-admin' AND disabled_at IS NULL"))
        .hasSize(1);
  }

  /** Tests the lock itself: without it, the race above fails only sometimes. */
  @Test
  void removals_of_administrators_wait_for_each_other() throws SQLException {
    Person other = People.administrator();
    try (Connection held = Stage.current().postgres().connectAsSuperuser();
        Statement statement = held.createStatement()) {
      held.setAutoCommit(false);
      statement.execute("SELECT FROM role WHERE name = 'osmo-admin' FOR NO KEY UPDATE");

      CompletableFuture<Integer> removal =
          CompletableFuture.supplyAsync(() -> unseat(admin, other), Thread::startVirtualThread);

      Awaitility.await()
          .atMost(Patience.LONG)
          .until(
              () ->
                  !People.query(
                          "SELECT pid::text FROM pg_stat_activity WHERE usename = 'osmo_token_service' AND wait_event_type = 'Lock'")
                      .isEmpty());
      held.rollback();
      assertThat(removal.join()).isEqualTo(200);
    }
  }

  @Test
  @Tag("I11")
  void only_administrators_manage_roles() {
    Person user = People.with("osmo-user");

    Api.as(user).get("/api/configs/role").then().statusCode(403);
    Api.as(user).delete("/api/configs/role/osmo-user").then().statusCode(403);
    Api.as(user).get("/api/auth/roles/osmo-user/users").then().statusCode(403);
    Api.as(user).get("/api/auth/user/" + user.id() + "/roles").then().statusCode(403);
    Api.as(user)
        .contentType("application/json")
        .body("{\"role_name\":\"osmo-admin\"}")
        .post("/api/auth/user/" + user.id() + "/roles")
        .then()
        .statusCode(403);
  }

  private void define() {
    Api.as(admin)
        .contentType("application/json")
        .put("/api/configs/role/" + role)
        .then()
        .statusCode(200);
  }

  private Response grant(Person user, String name) {
    return Api.as(admin)
        .contentType("application/json")
        .body("{\"role_name\":\"" + name + "\"}")
        .post("/api/auth/user/" + user.id() + "/roles");
  }

  private static int unseat(Person by, Person whom) {
    return Api.as(by).delete("/api/auth/user/" + whom.id() + "/roles/osmo-admin").statusCode();
  }

  private static void leaveOnly(Person... administrators) {
    List<String> ids = Stream.of(administrators).map(Person::id).toList();
    People.execute(
        "UPDATE users SET disabled_at = now() WHERE id IN (SELECT user_id FROM role_assignment WHERE role_name = 'osmo-admin') AND NOT id = ANY (string_to_array(?, ','))",
        String.join(",", ids));
  }
}
