package dev.osmo.token.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("I3")
class DisabledUserTest {

  private final Person admin = People.administrator();

  @Test
  void a_disabled_user_has_no_access_until_enabled_again() {
    Person user = People.with("osmo-user");

    Api.as(admin)
        .post(address(user, "disable"))
        .then()
        .statusCode(200)
        .body("id", equalTo(user.id()))
        .body("disabled_at", notNullValue());

    Api.as(user).get("/api/auth/access_token").then().statusCode(401);
    Api.as(admin)
        .post("/api/auth/user/" + user.id() + "/access_token/new")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:osmo:problem:user-disabled"));
    Api.as(admin).get("/api/auth/user/" + user.id()).then().body("disabled_at", notNullValue());
    Api.as(admin)
        .post(address(user, "enable"))
        .then()
        .statusCode(200)
        .body("disabled_at", nullValue());
    Api.as(user).get("/api/auth/access_token").then().statusCode(200);
  }

  @Test
  void disabling_twice_has_one_audit_row() {
    Person user = People.with("osmo-user");
    String first = Api.as(admin).post(address(user, "disable")).path("disabled_at");

    Api.as(admin)
        .post(address(user, "disable"))
        .then()
        .statusCode(200)
        .body("disabled_at", equalTo(first));
    Api.as(admin).post(address(user, "enable")).then().statusCode(200);
    Api.as(admin).post(address(user, "enable")).then().statusCode(200);

    assertThat(
            People.query(
                "SELECT action FROM audit_event WHERE user_id = ? AND actor = ? ORDER BY id",
                user.id(),
                admin.id()))
        .containsExactly("user.disabled", "user.enabled");
  }

  @Test
  void an_unknown_user_is_not_found() {
    Api.as(admin).post("/api/auth/user/nobody/disable").then().statusCode(404);
    Api.as(admin).post("/api/auth/user/nobody/enable").then().statusCode(404);
  }

  @Test
  @Tag("I11")
  void only_administrators_disable_and_enable() {
    Person user = People.with("osmo-user");

    Api.as(user).post(address(user, "disable")).then().statusCode(403);
    Api.as(user).post(address(user, "enable")).then().statusCode(403);
  }

  @Test
  void the_last_enabled_administrator_can_be_neither_disabled_nor_deleted_nor_demoted() {
    leaveOnly(admin);

    for (String end : List.of("disable", "delete", "strip")) {
      assertThat(end(admin, admin, end)).as(end).isEqualTo(409);
    }
    Api.as(admin).get("/api/auth/user").then().statusCode(200);
  }

  @RepeatedTest(3)
  void administrators_who_remove_each_other_concurrently_in_different_ways_leave_one() {
    Person second = People.administrator();
    Person third = People.administrator();
    leaveOnly(admin, second, third);

    List<CompletableFuture<Integer>> ends =
        List.of(
            CompletableFuture.supplyAsync(
                () -> end(admin, second, "disable"), Thread::startVirtualThread),
            CompletableFuture.supplyAsync(
                () -> end(second, third, "delete"), Thread::startVirtualThread),
            CompletableFuture.supplyAsync(
                () -> end(third, admin, "strip"), Thread::startVirtualThread),
            CompletableFuture.supplyAsync(
                () -> end(admin, admin, "disable"), Thread::startVirtualThread));
    ends.forEach(CompletableFuture::join);

    assertThat(
            People.query(
                "SELECT u.id FROM users u JOIN role_assignment a ON a.user_id = u.id WHERE a.role_name = 'osmo-admin' AND u.disabled_at IS NULL"))
        .isNotEmpty();
  }

  private static int end(Person by, Person whom, String how) {
    return switch (how) {
      case "disable" -> Api.as(by).post(address(whom, "disable")).statusCode();
      case "delete" -> Api.as(by).delete("/api/auth/user/" + whom.id()).statusCode();
      default ->
          Api.as(by).delete("/api/auth/user/" + whom.id() + "/roles/osmo-admin").statusCode();
    };
  }

  private static String address(Person user, String change) {
    return "/api/auth/user/" + user.id() + "/" + change;
  }

  private static void leaveOnly(Person... administrators) {
    People.execute(
        "UPDATE users SET disabled_at = now() WHERE id IN (SELECT user_id FROM role_assignment WHERE role_name = 'osmo-admin') AND NOT id = ANY (string_to_array(?, ','))",
        String.join(",", Stream.of(administrators).map(Person::id).toList()));
  }
}
