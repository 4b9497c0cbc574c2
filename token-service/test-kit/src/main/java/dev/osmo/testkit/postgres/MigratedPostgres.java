package dev.osmo.testkit.postgres;

import dev.osmo.testkit.contracts.Repository;
import dev.osmo.testkit.ports.FreePorts;
import dev.osmo.testkit.tls.TestAuthority;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;

/**
 * A real PostgreSQL, set up the way a deployer sets it up: the bootstrap script by the superuser,
 * passwords, the database, then the migrations by {@link #OWNER}. The bootstrap script and the
 * migrations are read as files from token-service's sources.
 */
public final class MigratedPostgres implements AutoCloseable {

  public static final String OWNER = "osmo_owner";
  public static final String TOKEN_SERVICE = "osmo_token_service";
  public static final String AUTH_EXCHANGE = "osmo_auth_exchange";
  public static final String PASSWORD = "for-tests-only";
  public static final String DATABASE = "osmo";
  public static final String SUPERUSER = "postgres";

  static final Path SCHEMA = Repository.path("token-service/src/main/resources/db");

  private final int port;
  private final Closeable server;

  MigratedPostgres(int port, Closeable server) {
    this.port = port;
    this.server = server;
  }

  /** Starts a server with the newest schema. */
  public static MigratedPostgres start() {
    return startMigrated(EmbeddedPostgres.builder());
  }

  /** Starts a server that writes every statement to a log inside its data directory. */
  public static MigratedPostgres startLoggingEverything() {
    return startMigrated(
        EmbeddedPostgres.builder()
            .setServerConfig("logging_collector", "on")
            .setServerConfig("log_statement", "all"));
  }

  /** Starts a server that accepts TLS, with the newest schema. */
  public static MigratedPostgres startWithTls(TestAuthority authority) {
    return startMigrated(
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", authority.serverCertificate().toString())
            .setServerConfig("ssl_key_file", authority.serverKey().toString()));
  }

  /** Starts a server with its login roles and an empty database. */
  public static MigratedPostgres startEmpty() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.builder().setPort(FreePorts.one()).start();
      MigratedPostgres postgres = new MigratedPostgres(server.getPort(), server);
      prepare(postgres.port());
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MigratedPostgres startMigrated(EmbeddedPostgres.Builder builder) {
    DataFolder data = MigratedTemplate.copy();
    try {
      EmbeddedPostgres server =
          builder
              .setPort(FreePorts.one())
              .setDataDirectory(data.path())
              .setCleanDataDirectory(false)
              .start();
      return new MigratedPostgres(
          server.getPort(),
          () -> {
            server.close();
            data.delete();
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void migrate() {
    migrate(port());
  }

  static void migrate(int port) {
    Flyway.configure()
        .dataSource(jdbcUrl(port), OWNER, PASSWORD)
        .defaultSchema(DATABASE)
        .locations("filesystem:" + SCHEMA.resolve("migration"))
        .load()
        .migrate();
  }

  public int port() {
    return port;
  }

  public String jdbcUrl() {
    return jdbcUrl(port());
  }

  /** The JDBC address of the database on the server with this port. */
  public static String jdbcUrl(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
  }

  /** The address in the form that the reactive client reads. */
  public String reactiveUrl() {
    return reactiveUrl(port());
  }

  static String reactiveUrl(int port) {
    return "postgresql://127.0.0.1:" + port + "/" + DATABASE;
  }

  public Path dataDirectory() {
    try (Connection connection = connectAsSuperuser();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW data_directory")) {
      rows.next();
      return Path.of(rows.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public Connection connectAs(String user) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), user, PASSWORD);
  }

  /** For arranging and inspecting: the superuser, with the schema on its search path. */
  public Connection connectAsSuperuser() throws SQLException {
    return connectAsSuperuser(port());
  }

  static Connection connectAsSuperuser(int port) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(port) + "?currentSchema=osmo", SUPERUSER, "");
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the bootstrap script, sets the passwords and creates the database. */
  static void prepare(int port) throws IOException {
    String onServer = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    String script = Files.readString(SCHEMA.resolve("bootstrap.sql"));
    try (Connection connection = DriverManager.getConnection(onServer, SUPERUSER, "");
        Statement statement = connection.createStatement()) {
      statement.execute(script);
      for (String role : List.of(OWNER, TOKEN_SERVICE, AUTH_EXCHANGE)) {
        statement.execute("ALTER ROLE " + role + " PASSWORD '" + PASSWORD + "'");
      }
      statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
    } catch (SQLException e) {
      throw new IllegalStateException("the test database could not be set up", e);
    }
    try (Connection connection = connectAsSuperuser(port);
        Statement statement = connection.createStatement()) {
      statement.execute(script);
    } catch (SQLException e) {
      throw new IllegalStateException("the test database could not be closed", e);
    }
  }
}
