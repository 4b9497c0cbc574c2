package dev.osmo.token.start;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.PostgresProcess;
import dev.osmo.token.testing.Stage;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL is killed and restarted, or refuses, under a running service. */
@Tag("I9")
class DatabaseOutageIT {

  private static Stage stage;
  private static PostgresProcess server;
  private static Person user;
  private static ServiceProcess service;

  @BeforeAll
  static void start(@TempDir Path folder) {
    stage = Stage.set();
    stage.exchange().comeUp();
    server = PostgresProcess.of(stage.postgres());
    user = People.with("osmo-user");
    Map<String, String> settings = stage.environment(folder, "t1");
    service = ServiceProcess.start(settings);
    eventually().until(() -> read().statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    service.close();
    server.kill();
    stage.close();
  }

  /** Also until the service has logged the end, which it notices later than a request does. */
  @AfterEach
  void recover() {
    server.restart();
    eventually().until(() -> service.health("ready") == 200);
    eventually().until(() -> read().statusCode() == 200 && change().statusCode() == 200);
    eventually().until(() -> logged("the database is available again") == outagesLogged());
  }

  @Test
  void requests_get_503_while_the_server_is_away() {
    int before = outagesLogged();

    server.kill();

    for (int i = 0; i < 20; i++) {
      unavailable(read());
      unavailable(change());
    }
    assertThat(service.health("ready")).isEqualTo(503);
    assertThat(service.health("live")).isEqualTo(200);
    assertThat(outagesLogged()).isEqualTo(before + 1);
    assertThat(service.output()).doesNotContain("request failed").doesNotContain("error id");
  }

  @Test
  void requests_get_503_while_the_server_has_no_connection_left() throws SQLException {
    superuser("ALTER ROLE osmo_token_service CONNECTION LIMIT 0");
    superuser(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'osmo_token_service'");
    try {
      eventually().until(() -> service.health("ready") == 503);
      assertThat(readiness()).contains("too many connections for role");
      unavailable(read());
      unavailable(change());
      assertThat(service.health("live")).isEqualTo(200);
    } finally {
      superuser("ALTER ROLE osmo_token_service CONNECTION LIMIT -1");
    }
  }

  @Test
  void changes_get_503_while_the_server_accepts_no_writes() throws SQLException {
    superuser("ALTER SYSTEM SET default_transaction_read_only = on");
    superuser("SELECT pg_reload_conf()");
    try {
      eventually().until(() -> service.health("ready") == 503);
      assertThat(readiness()).contains("the database accepts no writes");
      eventually().until(() -> change().statusCode() == 503);
      unavailable(change());
    } finally {
      superuser("ALTER SYSTEM RESET default_transaction_read_only");
      superuser("SELECT pg_reload_conf()");
    }
  }

  private static int outagesLogged() {
    return logged("the database is unavailable");
  }

  private static int logged(String message) {
    return service.output().split(message, -1).length - 1;
  }

  private static void superuser(String sql) throws SQLException {
    String url = stage.postgres().jdbcUrl() + "?options=-cdefault_transaction_read_only=off";
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void unavailable(Response response) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(503);
    assertThat(response.<String>path("type")).isEqualTo("urn:osmo:problem:database-unavailable");
    assertThat(response.header("Retry-After")).isEqualTo("2");
  }

  private static String readiness() {
    return given().get(service.managementAddress() + "/q/health/ready").asString();
  }

  private static Response read() {
    return service.client().header("Authorization", bearer()).get("/api/auth/access_token");
  }

  private static Response change() {
    return service
        .client()
        .header("Authorization", bearer())
        .contentType("application/json")
        .body("{}")
        .post("/api/profile/settings");
  }

  private static String bearer() {
    Jwt login = user.login();
    return "Bearer " + login.text();
  }

  private static ConditionFactory eventually() {
    return Awaitility.await().atMost(Patience.LONG).ignoreExceptions();
  }
}
