package dev.osmo.exchange.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;

/**
 * A real PostgreSQL, set up the way a deployer sets it up, with token-service's bootstrap script
 * and migrations read as data.
 */
public final class MigratedPostgres implements AutoCloseable {

  public static final String OWNER = "osmo_owner";
  public static final String TOKEN_SERVICE = "osmo_token_service";
  public static final String AUTH_EXCHANGE = "osmo_auth_exchange";
  public static final String PASSWORD = "for-tests-only";

  private static final String SUPERUSER = "postgres";
  private static final Path SCHEMA = Path.of("../token-service/src/main/resources/db");

  private final EmbeddedPostgres server;

  private MigratedPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  public static MigratedPostgres start() {
    MigratedPostgres postgres = startEmpty();
    postgres.migrate();
    return postgres;
  }

  /** With the login roles and an empty database. */
  public static MigratedPostgres startEmpty() {
    try {
      MigratedPostgres postgres = new MigratedPostgres(EmbeddedPostgres.builder().start());
      postgres.prepare();
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void migrate() {
    Flyway.configure()
        .dataSource(jdbcUrl(port()), OWNER, PASSWORD)
        .defaultSchema("osmo")
        .locations("filesystem:" + SCHEMA.resolve("migration"))
        .load()
        .migrate();
  }

  public int port() {
    return server.getPort();
  }

  /** The address in the form that the reactive client reads. */
  public String reactiveUrl() {
    return "postgresql://127.0.0.1:" + port() + "/osmo";
  }

  /** For arranging and looking: the superuser, with the schema on its path. */
  public Connection connectAsSuperuser() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(port()) + "?currentSchema=osmo", SUPERUSER, "");
  }

  static String jdbcUrl(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/osmo";
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
      statement.execute(Files.readString(SCHEMA.resolve("bootstrap.sql")));
      for (String role : List.of(OWNER, TOKEN_SERVICE, AUTH_EXCHANGE)) {
        statement.execute("ALTER ROLE " + role + " PASSWORD '" + PASSWORD + "'");
      }
      statement.execute("CREATE DATABASE osmo OWNER " + OWNER);
    } catch (SQLException e) {
      throw new IllegalStateException("the test database could not be set up", e);
    }
  }
}
