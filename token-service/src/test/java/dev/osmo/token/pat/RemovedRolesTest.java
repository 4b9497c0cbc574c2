package dev.osmo.token.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Stage;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RemovedRolesTest {

  private static final String TOKENS = "/api/auth/access_token";

  @Test
  @Tag("I2")
  void a_removed_role_is_effective_in_no_token_immediately() {
    Person user = People.with("osmo-user", "osmo-ml-team");
    Api.as(user).post(TOKENS + "/mine");

    remove(user, "osmo-ml-team");

    Api.as(user).get(TOKENS + "/mine/roles").then().body("roles.role_name", contains("osmo-user"));
    Api.as(user)
        .get(TOKENS)
        .then()
        .body("find { it.token_name == 'mine' }.roles", contains("osmo-user"));
    Api.as(user).get("/api/profile/settings").then().body("roles", contains("osmo-user"));
  }

  @Test
  @Tag("I5")
  void a_role_that_is_assigned_again_does_not_return_to_old_tokens() {
    Person user = People.with("osmo-user", "osmo-ml-team");
    Api.as(user).post(TOKENS + "/mine");

    remove(user, "osmo-ml-team");
    Api.as(People.administrator())
        .contentType("application/json")
        .body("{\"role_name\":\"osmo-ml-team\"}")
        .post("/api/auth/user/" + user.id() + "/roles")
        .then()
        .statusCode(200);

    Api.as(user).get(TOKENS + "/mine/roles").then().body("roles.role_name", contains("osmo-user"));
  }

  /**
   * In any order: after the removal and a pruning no token has a snapshot row of the removed role.
   */
  @RepeatedTest(40)
  @Tag("I2")
  @Tag("I8")
  void a_token_created_during_a_removal_lacks_the_removed_role() throws SQLException {
    Person user = People.with("osmo-user", "osmo-ml-team");
    CompletableFuture<Integer> creation =
        CompletableFuture.supplyAsync(
            () -> afterAMoment(() -> Api.as(user).post(TOKENS + "/racing").statusCode()),
            Thread::startVirtualThread);
    CompletableFuture<Integer> removal =
        CompletableFuture.supplyAsync(
            () -> afterAMoment(() -> remove(user, "osmo-ml-team")), Thread::startVirtualThread);

    assertThat(removal.join()).isEqualTo(200);
    assertThat(creation.join()).isEqualTo(200);

    prune();
    assertThat(
            People.query(
                "SELECT r.role_name FROM access_token_role r JOIN access_token t ON t.id = r.token_id WHERE t.user_id = ? AND t.name = 'racing'",
                user.id()))
        .containsExactly("osmo-user");
  }

  private static int afterAMoment(IntSupplier action) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(8_000_000));
    return action.getAsInt();
  }

  private static int remove(Person user, String role) {
    return Api.as(People.administrator())
        .delete("/api/auth/user/" + user.id() + "/roles/" + role)
        .statusCode();
  }

  private static void prune() throws SQLException {
    try (Connection exchange =
            Stage.current().postgres().connectAs(MigratedPostgres.AUTH_EXCHANGE);
        Statement statement = exchange.createStatement()) {
      statement.execute("SELECT * FROM prune_removals(1000)");
    }
  }
}
