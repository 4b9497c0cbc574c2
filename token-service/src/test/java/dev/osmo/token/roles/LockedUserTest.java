package dev.osmo.token.roles;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.http.RecordedResponse;
import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Request;
import dev.osmo.token.testing.Stage;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The row of a user is locked while many requests want to change the user. */
@QuarkusTest
@Tag("I10")
class LockedUserTest {

  private static final int REQUESTS = 40;
  private static final Executor CLIENTS = Executors.newVirtualThreadPerTaskExecutor();
  private static final Duration PATIENCE = Patience.LONG;

  @ConfigProperty(name = "token-service.limits.waiting-per-user")
  int waiting;

  @TestHTTPResource(value = "", management = true)
  URI management;

  @Test
  void other_users_are_served_and_the_replica_stays_ready() throws SQLException {
    Person locked = People.with("osmo-user");
    Person other = People.with("osmo-user");
    try (Connection holder = Stage.current().postgres().connectAsSuperuser();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("SELECT FROM users WHERE id = '" + locked.id() + "' FOR UPDATE");

      List<CompletableFuture<RecordedResponse>> all =
          IntStream.range(0, REQUESTS)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> create(locked, i), CLIENTS))
              .toList();

      await()
          .atMost(PATIENCE)
          .until(
              () -> all.stream().filter(CompletableFuture::isDone).count() >= REQUESTS - waiting);
      assertThat(create(other, 0).status()).isEqualTo(200);
      given().get(management.resolve("/q/health/ready")).then().statusCode(200);
      holder.rollback();

      List<Integer> answers = all.stream().map(one -> one.join().status()).toList();
      assertThat(answers).containsOnly(200, 503);
      assertThat(answers.stream().filter(status -> status == 200).count())
          .isLessThanOrEqualTo(waiting);
    }
    assertThat(create(locked, REQUESTS).status()).as("nobody waits any more").isEqualTo(200);
  }

  private static RecordedResponse create(Person person, int number) {
    return Request.of("POST", "/api/auth/access_token/t" + number).as(person).send();
  }
}
