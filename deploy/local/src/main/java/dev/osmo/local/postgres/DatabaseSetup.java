package dev.osmo.local.postgres;

import dev.osmo.local.CannotStart;
import dev.osmo.local.folder.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The setup before the first migration: login roles, their passwords, the database. Every start
 * repeats it.
 */
public record DatabaseSetup(PostgresServer server, Secrets secrets) {
  public static final String DATABASE = "osmo";
  public static final String OWNER = "osmo_owner";
  public static final String TOKEN_SERVICE = "osmo_token_service";
  public static final String AUTH_EXCHANGE = "osmo_auth_exchange";

  /** The server would log a failed statement with the password in it. */
  private static final String KEEP_STATEMENTS_OUT_OF_THE_LOG =
      "SET log_min_error_statement = panic";

  private static final String SET_PASSWORD_STATEMENT =
      "SELECT format('ALTER ROLE %I PASSWORD %L', ?, ?)";
  private static final String DATABASE_EXISTS = "SELECT 1 FROM pg_database WHERE datname = ?";
  private static final String CREATE_DATABASE = "CREATE DATABASE osmo OWNER osmo_owner";

  public void run(Path bootstrapScript) {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(Files.readString(bootstrapScript));
      statement.execute(KEEP_STATEMENTS_OUT_OF_THE_LOG);
      for (String role : List.of(OWNER, TOKEN_SERVICE, AUTH_EXCHANGE)) {
        setPassword(connection, role);
      }
      if (!databaseExists(connection)) {
        statement.execute(CREATE_DATABASE);
      }
    } catch (SQLException e) {
      throw new CannotStart("Cannot prepare the database: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CannotStart("Cannot read the bootstrap script " + bootstrapScript + ".", e);
    }
  }

  private void setPassword(Connection connection, String role) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SET_PASSWORD_STATEMENT);
        Statement statement = connection.createStatement()) {
      query.setString(1, role);
      query.setString(2, secrets.password(role).value());
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        statement.execute(rows.getString(1));
      }
    }
  }

  private static boolean databaseExists(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(DATABASE_EXISTS)) {
      query.setString(1, DATABASE);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }
}
