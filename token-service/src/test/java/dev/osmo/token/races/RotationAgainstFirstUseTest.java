package dev.osmo.token.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Stage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The exchange records the first use of a secret while the holder of the older secret rotates. The
 * use is written but not committed when the rotation reaches the row.
 */
@QuarkusTest
@Tag("I3")
class RotationAgainstFirstUseTest {

  private static final String ROTATE = "/api/auth/access_token/self/rotate";

  private Person user;
  private String older;
  private String newer;

  @BeforeEach
  void a_token_with_a_newer_secret_that_nobody_has_used() {
    user = People.with("osmo-user");
    older = secrets().getFirst();
    Api.as(holderOfTheOlder()).post(ROTATE).then().statusCode(200);
    newer = secrets().getLast();
  }

  @Test
  void a_first_use_that_commits_first_wins() throws SQLException {
    Response answer = rotateBesideTheFirstUse(true);

    answer.then().statusCode(409);
    assertThat(answer.<String>path("type")).isEqualTo("urn:osmo:problem:newer-secret-in-use");
    assertThat(secrets()).containsExactly(older, newer);
    assertThat(endedSecrets()).containsExactly(older);
  }

  @Test
  void a_first_use_that_is_rolled_back_does_not_block_the_rotation() throws SQLException {
    rotateBesideTheFirstUse(false).then().statusCode(200);

    assertThat(secrets()).hasSize(3);
    assertThat(endedSecrets()).containsExactly(older, newer);
  }

  private Response rotateBesideTheFirstUse(boolean commits) throws SQLException {
    try (Connection exchange =
        Stage.current().postgres().connectAs(MigratedPostgres.AUTH_EXCHANGE)) {
      exchange.setAutoCommit(false);
      String backend = recordFirstUse(exchange);
      CompletableFuture<Response> rotation =
          CompletableFuture.supplyAsync(
              () -> Api.as(holderOfTheOlder()).post(ROTATE), Thread::startVirtualThread);
      Awaitility.await()
          .atMost(Patience.LONG)
          .until(() -> rotation.isDone() || isWaitedFor(backend));
      if (commits) {
        exchange.commit();
      } else {
        exchange.rollback();
      }
      return rotation.join();
    }
  }

  /** Returns the session that waits. */
  private String recordFirstUse(Connection exchange) throws SQLException {
    try (PreparedStatement use =
        exchange.prepareStatement(
            "SELECT pg_backend_pid(), record_use(ARRAY[CAST(? AS uuid)], ARRAY[now()])")) {
      use.setString(1, newer);
      var row = use.executeQuery();
      row.next();
      return row.getString(1);
    }
  }

  private static boolean isWaitedFor(String backend) {
    return !People.query(
            "SELECT pid FROM pg_stat_activity WHERE CAST(? AS integer) = ANY (pg_blocking_pids(pid))",
            backend)
        .isEmpty();
  }

  private Jwt holderOfTheOlder() {
    return user.login().claim("osmo_secret_id", older);
  }

  private List<String> secrets() {
    return People.query(
        "SELECT id FROM access_token_secret WHERE token_id = ? ORDER BY created_at", user.patId());
  }

  private List<String> endedSecrets() {
    return People.query(
        "SELECT id FROM access_token_secret WHERE token_id = ? AND valid_until IS NOT NULL ORDER BY created_at",
        user.patId());
  }
}
