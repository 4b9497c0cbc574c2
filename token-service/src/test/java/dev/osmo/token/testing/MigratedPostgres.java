package dev.osmo.token.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;

/**
 * A real PostgreSQL, set up the way a deployer sets it up: the bootstrap script by the superuser,
 * passwords, the database, then the migrations by {@link #OWNER}. Everything else connects with the
 * service users.
 */
public final class MigratedPostgres implements AutoCloseable {

  public static final String OWNER = "osmo_owner";
  public static final String TOKEN_SERVICE = "osmo_token_service";
  public static final String AUTH_EXCHANGE = "osmo_auth_exchange";
  public static final String PASSWORD = "for-tests-only";
  public static final String DATABASE = "osmo";
  private static final String SUPERUSER = "postgres";

  private final EmbeddedPostgres server;

  private MigratedPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /** A server with the newest schema. */
  public static MigratedPostgres start() {
    MigratedPostgres postgres = startEmpty();
    postgres.migrate();
    return postgres;
  }

  /** A server that keeps every statement in its log, inside its data directory. */
  public static MigratedPostgres startLoggingEverything() {
    MigratedPostgres postgres =
        startEmpty(
            EmbeddedPostgres.builder()
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_statement", "all"));
    postgres.migrate();
    return postgres;
  }

  /** A server with its login roles and an empty database. */
  public static MigratedPostgres startEmpty() {
    return startEmpty(EmbeddedPostgres.builder());
  }

  private static MigratedPostgres startEmpty(EmbeddedPostgres.Builder builder) {
    try {
      MigratedPostgres postgres = new MigratedPostgres(builder.start());
      postgres.prepare();
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void migrate() {
    Flyway.configure()
        .dataSource(jdbcUrl(), OWNER, PASSWORD)
        .defaultSchema("osmo")
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }

  public int port() {
    return server.getPort();
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + DATABASE;
  }

  /** The address in the form that the reactive client reads. */
  public String reactiveUrl() {
    return "postgresql://127.0.0.1:" + port() + "/" + DATABASE;
  }

  public Path dataDirectory() {
    return Path.of(People.query("SHOW data_directory").getFirst());
  }

  public Connection connectAs(String user) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), user, PASSWORD);
  }

  /** For arranging and looking: the superuser, with the schema on its path. */
  public Connection connectAsSuperuser() throws SQLException {
    return DriverManager.getConnection(jdbcUrl() + "?currentSchema=osmo", SUPERUSER, "");
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void prepare() throws IOException {
    String onServer = "jdbc:postgresql://127.0.0.1:" + port() + "/postgres";
    try (Connection connection = DriverManager.getConnection(onServer, SUPERUSER, "");
        Statement statement = connection.createStatement()) {
      statement.execute(bootstrapScript());
      for (String role : List.of(OWNER, TOKEN_SERVICE, AUTH_EXCHANGE)) {
        statement.execute("ALTER ROLE " + role + " PASSWORD '" + PASSWORD + "'");
      }
      statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
    } catch (SQLException e) {
      throw new IllegalStateException("the test database could not be set up", e);
    }
  }

  private static String bootstrapScript() throws IOException {
    try (InputStream script = MigratedPostgres.class.getResourceAsStream("/db/bootstrap.sql")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
