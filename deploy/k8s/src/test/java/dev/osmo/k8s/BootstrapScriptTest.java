package dev.osmo.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.osmo.testkit.contracts.Repository;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws IOException, SQLException {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "psql"))),
        "SKIPPED: psql is not installed, so the bootstrap script is not run");
    server =
        EmbeddedPostgres.builder()
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

  private void passwords(String prefix) throws IOException {
    Files.writeString(secrets.resolve("postgres.password"), "superuser\n");
    for (String user : USERS) {
      Files.writeString(secrets.resolve(user + ".password"), prefix + "-" + user + "\n");
    }
  }

  private String run() throws Exception {
    Path output = secrets.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", Repository.path("deploy/k8s/base/bootstrap.sh").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("PGHOST", "127.0.0.1");
    builder.environment().put("PGPORT", Integer.toString(server.getPort()));
    builder.environment().put("PGUSER", "postgres");
    builder.environment().put("SECRETS", secrets.toString());
    Process process = builder.start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
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
