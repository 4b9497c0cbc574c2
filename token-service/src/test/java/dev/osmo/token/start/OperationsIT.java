package dev.osmo.token.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.testkit.http.RecordedResponse;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Request;
import dev.osmo.token.testing.Stage;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service as an operator runs it: behind https, with JSON logs, until its shutdown.
 */
class OperationsIT {

  private static final String PUBLIC_ADDRESS = "https://osmo.example.com";
  private static final String TOKENS = "/api/auth/access_token";

  private static Stage stage;

  @TempDir Path folder;

  @BeforeAll
  static void set() {
    stage = Stage.set();
    stage.exchange().comeUp();
  }

  @AfterAll
  static void clear() {
    stage.close();
  }

  @Test
  void requests_are_logged_with_their_id_and_finished_at_shutdown() throws SQLException {
    Person user = People.with("osmo-user");
    try (ServiceProcess service = ServiceProcess.launch(environment()).awaitReady()) {
      RestAssured.port = service.address().getPort();
      assertThat(List.of(service.health("live"), service.health("started"))).containsOnly(200);
      eventually().until(() -> as(user, "GET", TOKENS).send().status() == 200);
      assertThat(as(user, "GET", TOKENS).send().header("Strict-Transport-Security"))
          .hasValue("max-age=31536000");

      every_log_entry_of_a_request_has_its_id(service, user);
      a_running_request_is_finished(service, user);
    }
  }

  @Test
  void rows_are_purged_without_a_command() throws SQLException {
    Person user = People.with("osmo-user");
    Map<String, String> environment = environment();
    environment.put("TOKEN_SERVICE_RETENTION_INTERVAL", "PT0.5S");
    try (ServiceProcess service = ServiceProcess.launch(environment).awaitReady()) {
      String expired =
          "INSERT INTO access_token (id, user_id, name, expires_at, created_by) VALUES ('pat_' || left(md5(?), 22), ?, 'old', now() - interval '31 days', 'test')";
      People.execute(expired, user.id(), user.id());

      eventually()
          .until(() -> People.query("SELECT id FROM access_token WHERE name = 'old'").isEmpty());
      eventually().until(() -> service.output().contains("purge deleted rows: tokens=1"));
    }
  }

  private static void every_log_entry_of_a_request_has_its_id(ServiceProcess service, Person user) {
    People.execute("ALTER TABLE osmo.audit_event ADD CONSTRAINT planted CHECK (false) NOT VALID");
    RecordedResponse broken =
        as(user, "POST", TOKENS + "/broken").header("X-Request-Id", "run-42.broken").send();
    People.execute("ALTER TABLE osmo.audit_event DROP CONSTRAINT planted");
    assertThat(broken.status()).isEqualTo(500);

    // The JVM prints its own warnings before logging is configured.
    List<JsonNode> lines =
        service
            .output()
            .lines()
            .filter(line -> !line.startsWith("WARNING: "))
            .map(OperationsIT::json)
            .toList();

    assertThat(lines).allMatch(line -> line.hasNonNull("level") && line.hasNonNull("message"));
    assertThat(lines)
        .filteredOn(line -> line.path("loggerName").asText().endsWith("ProblemMapper"))
        .isNotEmpty()
        .allMatch(line -> !line.path("mdc").path("request_id").asText().isEmpty());
    assertThat(lines)
        .filteredOn(line -> line.path("mdc").path("request_id").asText().equals("run-42.broken"))
        .anyMatch(line -> line.path("level").asText().equals("ERROR"));
  }

  /** A deletion waits for the locked row of the owner while the replica is terminated. */
  private static void a_running_request_is_finished(ServiceProcess service, Person user)
      throws SQLException {
    as(user, "POST", TOKENS + "/last").send();
    try (Connection holder = stage.postgres().connectAsSuperuser();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("SELECT FROM users WHERE id = '" + user.id() + "' FOR UPDATE");
      CompletableFuture<RecordedResponse> begun =
          CompletableFuture.supplyAsync(
              () -> as(user, "DELETE", TOKENS + "/last").send(), Thread::startVirtualThread);
      eventually()
          .until(() -> !People.query("SELECT 1 FROM pg_locks WHERE NOT granted LIMIT 1").isEmpty());

      service.terminate();

      eventually().until(() -> service.health("ready") == 503);
      assertThat(begun).isNotDone();
      holder.rollback();
      assertThat(begun.join().status()).isEqualTo(200);
    }
    assertThat(People.query("SELECT id FROM access_token WHERE name = 'last'")).isEmpty();
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException("not a JSON object: " + line, e);
    }
  }

  private static Request as(Person user, String method, String address) {
    return Request.of(method, address).bearer(user.login().claim("iss", PUBLIC_ADDRESS).text());
  }

  private static ConditionFactory eventually() {
    return Awaitility.await().atMost(Patience.LONG).pollInterval(Duration.ofMillis(50));
  }

  private Map<String, String> environment() {
    Map<String, String> environment = stage.environment(folder, "t1");
    environment.put("TOKEN_SERVICE_ISSUER", PUBLIC_ADDRESS);
    environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
    environment.put("QUARKUS_LOG_CATEGORY__DEV_OSMO__LEVEL", "DEBUG");
    // Long enough to see on a slow machine that the replica is not ready any more.
    environment.put("QUARKUS_SHUTDOWN_DELAY", "10S");
    environment.put("QUARKUS_SHUTDOWN_TIMEOUT", "3M");
    return environment;
  }
}
