package dev.osmo.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.osmo.testkit.contracts.Repository;
import dev.osmo.testkit.ports.FreePorts;
import dev.osmo.testkit.process.Finished;
import dev.osmo.testkit.tls.TestAuthority;
import dev.osmo.testkit.waiting.Patience;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script of the bootstrap Job on a PostgreSQL that asks for passwords. */
class BootstrapScriptTest {
  private static final List<String> USERS =
      List.of("osmo_owner", "osmo_token_service", "osmo_auth_exchange");

  @TempDir Path secrets;

  private static TestAuthority authority;
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws IOException, SQLException {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "psql"))),
        "SKIPPED: psql is not installed, so the bootstrap script is not run");
    authority = TestAuthority.create("localhost");
    server =
        EmbeddedPostgres.builder()
            .setPort(FreePorts.one())
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", authority.serverCertificate().toString())
            .setServerConfig("ssl_key_file", authority.serverKey().toString())
            .setServerConfig("logging_collector", "on")
            .setServerConfig("log_statement", "all")
            .start();
    try (Connection connection = connect("postgres", "postgres", "")) {
      connection.createStatement().execute("ALTER ROLE postgres PASSWORD 'superuser'");
    }
    Files.writeString(hba(), "host all all 127.0.0.1/32 scram-sha-256\n");
    reload();
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void it_creates_the_users_and_the_database_and_can_be_run_again() throws Exception {
    passwords("first'$(x)");
    assertThat(run()).contains("are ready");
    assertThat(run()).contains("are ready");

    for (String user : USERS) {
      try (Connection connection = connect("osmo", user, "first'$(x)-" + user)) {
        assertThat(connection.isValid(10)).isTrue();
      }
    }
  }

  /** What an operator does who runs it with new files and forgets the services. */
  @Test
  void it_says_that_it_set_the_passwords_again_and_a_running_service_keeps_its_connections()
      throws Exception {
    passwords("first");
    run();
    String user = "osmo_token_service";
    try (Connection service = connect("osmo", user, "first-" + user)) {
      passwords("second");

      assertThat(run())
          .contains(
              "The passwords of osmo_auth_exchange, osmo_owner, osmo_token_service were set again,"
                  + " to those of the files in "
                  + secrets)
          .doesNotContain("second-");

      assertThat(service.isValid(10)).isTrue();
      assertThatThrownBy(() -> connect("osmo", user, "first-" + user))
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void on_a_new_server_it_says_nothing_about_passwords() throws Exception {
    passwords("first");
    try (EmbeddedPostgres empty = EmbeddedPostgres.builder().setPort(FreePorts.one()).start()) {
      assertThat(run(Map.of("PGPORT", Integer.toString(empty.getPort()))))
          .contains("are ready")
          .doesNotContain("again");
    }
  }

  @Test
  void it_replaces_the_passwords_and_leaves_none_in_the_log_of_the_server() throws Exception {
    passwords("first");
    run();
    passwords("second");
    run();

    assertThatThrownBy(() -> connect("osmo", "osmo_owner", "first-osmo_owner"))
        .isInstanceOf(SQLException.class);
    try (Connection connection = connect("osmo", "osmo_owner", "second-osmo_owner")) {
      assertThat(connection.isValid(10)).isTrue();
    }
    assertThat(log()).contains("CREATE DATABASE").doesNotContain("second-osmo_owner");
  }

  @Test
  void the_owner_of_the_database_is_the_user_of_the_migrations() throws Exception {
    passwords("x");
    run();

    try (Connection connection = connect("osmo", "postgres", "superuser");
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'osmo'")) {
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("osmo_owner");
    }
  }

  @Test
  void it_verifies_the_server() throws Exception {
    passwords("x");

    assertThat(run(verified("localhost", authority.certificate()))).contains("are ready");
  }

  /** Waiting cures none of these, so the operator learns the reason at once. */
  @Test
  void it_stops_with_the_reason_if_the_server_cannot_be_used_with_these_settings()
      throws Exception {
    passwords("x");
    Path other = TestAuthority.create("localhost").certificate();

    assertThat(refused(verified("localhost", other))).contains("certificate verify failed");
    assertThat(refused(verified("localhost", secrets.resolve("none"))))
        .contains("root certificate file");
    assertThat(refused(verified("127.0.0.1", authority.certificate())))
        .contains("does not match host name");
    assertThat(refused(Map.of("PGSSLMODE", "bogus"))).contains("sslmode");
    Files.writeString(secrets.resolve("postgres.password"), "wrong\n");
    assertThat(refused(Map.of())).contains("password authentication failed");
  }

  @Test
  void it_does_not_wait_for_a_host_that_does_not_exist() throws Exception {
    passwords("x");

    // A machine without a resolver reports a failure that may be temporary.
    assertThat(attempt(Map.of("PGHOST", "osmo.invalid", "ATTEMPTS", "1")))
        .matches(finished -> finished.exitCode() != 0)
        .extracting(Finished::output)
        .asString()
        .contains("could not translate host name");
  }

  @Test
  void it_gives_up_with_the_reason_when_nothing_listens() throws Exception {
    passwords("x");

    Finished gaveUp = attempt(Map.of("PGPORT", "1", "ATTEMPTS", "4"));

    assertThat(gaveUp.exitCode()).isNotZero();
    assertThat(gaveUp.output())
        .containsSubsequence("Waiting for PostgreSQL", "Connection refused", "Stopped:")
        .contains("listen_addresses");
  }

  @Test
  void it_waits_for_a_server_that_starts_later() throws Exception {
    passwords("x");
    int port = FreePorts.one();
    Path output = secrets.resolve("output");
    Process script =
        script(Map.of("PGPORT", Integer.toString(port), "ATTEMPTS", "10000"))
            .redirectOutput(output.toFile())
            .start();
    try {
      await()
          .atMost(Patience.LONG)
          .until(() -> Files.readString(output).contains("Waiting for PostgreSQL"));
      try (EmbeddedPostgres late = EmbeddedPostgres.builder().setPort(port).start()) {
        assertThat(Patience.exitOf(script)).as(Files.readString(output)).isZero();
      }
    } finally {
      script.destroyForcibly();
    }
  }

  private static Map<String, String> verified(String host, Path authority) {
    return Map.of(
        "PGHOST",
        host,
        "PGHOSTADDR",
        "127.0.0.1",
        "PGSSLMODE",
        "verify-full",
        "PGSSLROOTCERT",
        authority.toString());
  }

  private void passwords(String prefix) throws IOException {
    Files.writeString(secrets.resolve("postgres.password"), "superuser\n");
    for (String user : USERS) {
      Files.writeString(secrets.resolve(user + ".password"), prefix + "-" + user + "\n");
    }
  }

  private String run() throws Exception {
    return run(Map.of());
  }

  private String run(Map<String, String> more) throws Exception {
    Finished finished = attempt(more);
    assertThat(finished.exitCode()).as(finished.output()).isZero();
    return finished.output();
  }

  /** What the script says when it stops without waiting. */
  private String refused(Map<String, String> more) throws Exception {
    Finished finished = attempt(more);
    assertThat(finished.exitCode()).as(finished.output()).isNotZero();
    assertThat(finished.output()).contains("Stopped:").doesNotContain("Waiting");
    return finished.output();
  }

  private Finished attempt(Map<String, String> more) throws Exception {
    return Finished.run(script(more), Patience.LONG);
  }

  private ProcessBuilder script(Map<String, String> more) {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", Repository.path("deploy/k8s/base/bootstrap.sh").toString())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("PGHOST", "127.0.0.1");
    environment.put("PGPORT", Integer.toString(server.getPort()));
    environment.put("PGUSER", "postgres");
    environment.put("SECRETS", secrets.toString());
    environment.putAll(more);
    return builder;
  }

  private static Connection connect(String database, String user, String password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database, user, password);
  }

  private static Path hba() throws SQLException {
    return dataFolder().resolve("pg_hba.conf");
  }

  private static Path dataFolder() throws SQLException {
    try (Connection connection = connect("postgres", "postgres", "superuser");
        ResultSet rows = connection.createStatement().executeQuery("SHOW data_directory")) {
      rows.next();
      return Path.of(rows.getString(1));
    }
  }

  private static void reload() throws SQLException {
    try (Connection connection = connect("postgres", "postgres", "superuser")) {
      connection.createStatement().execute("SELECT pg_reload_conf()");
    }
  }

  private String log() throws IOException, SQLException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(dataFolder().resolve("log"))) {
      for (Path file : files.toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
