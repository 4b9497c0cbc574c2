package dev.osmo.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.local.CannotStart;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.folder.Secrets;
import dev.osmo.local.process.Children;
import dev.osmo.local.process.FreePorts;
import dev.osmo.local.process.Orphans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One cluster: an interrupted first start, use, a kill, a restart. The tests run in order. */
@TestMethodOrder(OrderAnnotation.class)
class PostgresServerTest {
  private static final Path BOOTSTRAP =
      Path.of("../../token-service/src/main/resources/db/bootstrap.sql");

  private static final Map<String, String> FURTHER = Map.of("work_mem", "5MB", "fsync", "off");

  @TempDir static Path temp;

  private static DataFolder data;
  private static Children children;
  private static PostgresServer server;

  @BeforeAll
  static void start_after_an_interrupted_first_start() throws IOException {
    data = DataFolder.open(temp.resolve("da ta"));
    Files.createDirectories(
        data.root().resolve("postgresql-" + Binaries.includedVersion() + ".new/bin"));
    Files.createDirectories(data.root().resolve("postgresql-data-18.new/base"));
    Files.writeString(data.root().resolve("postgresql-data-18.new/PG_VERSION"), "18");
    startServer();
  }

  private static void startServer() {
    children = new Children();
    server = PostgresServer.start(data, FreePorts.find(1).getFirst(), FURTHER, children);
  }

  @AfterAll
  static void stop() {
    children.close();
    new Orphans(data.processTag()).find().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  @Order(1)
  void an_interrupted_first_start_is_completed() throws IOException {
    try (var entries = Files.list(data.root())) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".new"));
    }
    assertThat(server.version()).startsWith("18.");
    assertThat(data.root().resolve("postgresql-data-18/PG_VERSION")).hasContent("18");
  }

  @Test
  @Order(1)
  void it_forces_writes_to_the_disk_and_requires_passwords() throws SQLException {
    assertThat(show("fsync")).isEqualTo("on");
    assertThat(show("synchronous_commit")).isEqualTo("on");
    assertThat(show("password_encryption")).isEqualTo("scram-sha-256");
    assertThat(show("unix_socket_directories")).isEmpty();
    assertThat(show("data_checksums")).isEqualTo("on");
    assertThat(query("SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'"))
        .isEqualTo("0");
    assertThatThrownBy(
            () -> DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", "guess"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  @Order(1)
  void further_settings_apply_unless_they_weaken_it() throws SQLException {
    assertThat(show("work_mem")).isEqualTo(FURTHER.get("work_mem"));
    assertThat(show("fsync")).isEqualTo("on");
  }

  @Test
  @Order(1)
  void it_listens_on_loopback_only() throws IOException {
    for (InetAddress address : addressesBeyondLoopback()) {
      assertThatThrownBy(() -> new Socket(address, server.port()).close())
          .as(address.toString())
          .isInstanceOf(IOException.class);
    }
    new Socket(InetAddress.getLoopbackAddress(), server.port()).close();
  }

  @Test
  @Order(1)
  void preparing_the_database_is_idempotent() throws SQLException {
    Secrets secrets = new Secrets(data.secretsFolder());

    new DatabaseSetup(server, secrets).run(BOOTSTRAP);
    new DatabaseSetup(server, secrets).run(BOOTSTRAP);

    for (String role : List.of("osmo_owner", "osmo_token_service", "osmo_auth_exchange")) {
      DriverManager.getConnection(server.jdbcUrl("osmo"), role, secrets.password(role).value())
          .close();
    }
    assertThat(query("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'osmo'"))
        .isEqualTo("osmo_owner");
  }

  @Test
  @Order(1)
  void the_log_of_the_server_has_no_passwords() throws IOException {
    assertThat(Files.readString(data.log("postgresql")))
        .doesNotContain(new Secrets(data.secretsFolder()).password("osmo_owner").value())
        .doesNotContain("ALTER ROLE");
  }

  @Test
  @Order(2)
  @Tag("I12")
  void a_killed_server_restarts_with_all_committed_data() throws Exception {
    execute("CREATE TABLE kept (line text)");
    execute("INSERT INTO kept VALUES ('before the kill')");
    postmaster().destroyForcibly();
    children.firstUnexpectedExit().get();

    OrphanServer.stop(data, new Orphans(data.processTag()));
    startServer();

    assertThat(query("SELECT line FROM kept")).isEqualTo("before the kill");
  }

  @Test
  @Order(3)
  @Tag("I12")
  void a_server_that_a_killed_launcher_left_running_is_stopped_without_data_loss()
      throws Exception {
    execute("INSERT INTO kept VALUES ('by an orphan')");
    ProcessHandle orphan = postmaster();

    int stopped = OrphanServer.stop(data, new Orphans(data.processTag()));

    assertThat(stopped).isPositive();
    assertThat(orphan.isAlive()).isFalse();
    assertThat(Files.readString(data.log("postgresql"))).contains("database system is shut down");
    startServer();
    assertThat(query("SELECT count(*) FROM kept WHERE line = 'by an orphan'")).isEqualTo("1");
  }

  @Test
  @Order(4)
  void a_pid_file_with_the_id_of_another_process_does_not_kill_it_or_prevent_the_start()
      throws Exception {
    children.close();
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(
          data.root().resolve("postgresql-data-18/postmaster.pid"),
          other.pid()
              + "\n"
              + data.root().resolve("postgresql-data-18")
              + "\n1\n5432\n\n127.0.0.1\n\nready\n");

      OrphanServer.stop(data, new Orphans(data.processTag()));
      startServer();

      assertThat(other.isAlive()).isTrue();
      assertThat(query("SELECT count(*) FROM kept")).isEqualTo("2");
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  @Order(5)
  void data_of_another_major_version_has_a_clear_message() throws IOException {
    DataFolder old = DataFolder.open(temp.resolve("old"));
    Files.createDirectory(old.root().resolve("postgresql-data-17"));

    assertThatThrownBy(() -> PostgresServer.start(old, 1, children))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("PostgreSQL 17")
        .hasMessageContaining("PostgreSQL 18")
        .hasMessageContaining("--data");
    assertThat(old.root().resolve("postgresql-data-18")).doesNotExist();
  }

  private static ProcessHandle postmaster() throws IOException {
    String pid =
        Files.readAllLines(data.root().resolve("postgresql-data-18/postmaster.pid")).getFirst();
    return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
  }

  private static List<InetAddress> addressesBeyondLoopback() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .toList();
  }

  private static String show(String setting) throws SQLException {
    return query("SELECT current_setting('" + setting + "')");
  }

  private static String query(String sql) throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
