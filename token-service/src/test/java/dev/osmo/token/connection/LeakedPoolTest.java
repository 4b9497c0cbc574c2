package dev.osmo.token.connection;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All connections of the pool are in use, and none is returned. */
@QuarkusTest
@Tag("I10")
class LeakedPoolTest {

  private static final Duration PATIENCE = Patience.LONG;

  @Inject Pool pool;
  @Inject MeterRegistry meters;
  @Inject DatabaseServer server;

  @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
  int size;

  @ConfigProperty(name = "token-service.database.pool-queue")
  int queue;

  @TestHTTPResource(value = "", management = true)
  URI management;

  private final Person user = People.with("osmo-user");
  private final List<Future<SqlConnection>> taken = new ArrayList<>();

  @BeforeEach
  void wait_for_keys() {
    Api.waitForKeys();
  }

  @AfterEach
  void return_all() {
    taken.forEach(connection -> connection.onSuccess(SqlConnection::close));
    await().atMost(PATIENCE).until(() -> gauge("sql.pool.active") == 0);
  }

  @Test
  void the_service_is_not_alive_until_a_connection_is_returned() {
    LeakedPool check = new LeakedPool(meters, server, Duration.ofMillis(300));
    take(size - 1);
    assertThat(status(check)).isEqualTo(Status.UP);
    take(1);

    await().atMost(PATIENCE).until(() -> status(check) == Status.DOWN);

    taken.removeLast().onSuccess(SqlConnection::close);
    await().atMost(PATIENCE).until(() -> gauge("sql.pool.idle") == 1);
    assertThat(status(check)).isEqualTo(Status.UP);
  }

  @Test
  void a_request_gets_503_after_its_wait_and_the_replica_stays_ready() {
    take(size);

    given().get(management.resolve("/q/health/ready")).then().statusCode(200);
    busy();
    given()
        .get(management.resolve("/q/health/live"))
        .then()
        .statusCode(200)
        .body("checks.name", hasItem("event loops"));
  }

  @Test
  void a_request_gets_503_if_too_many_wait() {
    take(size + queue);

    busy();
  }

  /** A statement after a lock must see what was committed before. */
  @Test
  void the_isolation_level_does_not_depend_on_the_role() {
    People.execute(
        "ALTER ROLE osmo_token_service SET default_transaction_isolation = 'serializable'");
    try {
      String level =
          server
              .ask("SELECT current_setting('transaction_isolation') AS level")
              .map(row -> row.getString("level"))
              .await()
              .atMost(PATIENCE);

      assertThat(level).isEqualTo("read committed");
    } finally {
      People.execute("ALTER ROLE osmo_token_service RESET default_transaction_isolation");
    }
  }

  private void busy() {
    Api.as(user)
        .get("/api/auth/access_token")
        .then()
        .statusCode(503)
        .header("Retry-After", "2")
        .body("type", equalTo("urn:osmo:problem:busy"));
  }

  private void take(int connections) {
    for (int i = 0; i < connections; i++) {
      taken.add(pool.getConnection());
    }
    await()
        .atMost(PATIENCE)
        .until(() -> gauge("sql.pool.idle") == Math.max(0, size - taken.size()));
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  private static Status status(LeakedPool check) {
    return check.call().await().atMost(PATIENCE).getStatus();
  }
}
