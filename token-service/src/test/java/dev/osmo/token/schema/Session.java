package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.osmo.testkit.postgres.MigratedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A connection of one database user to the server that all tests of this package share. */
final class Session implements AutoCloseable {

  static final String PERMISSION_DENIED = "42501";
  static final String INTEGRITY_VIOLATION = "23000";

  private final Connection connection;

  private Session(Connection connection) {
    this.connection = connection;
  }

  static Session tokenService() {
    return as(MigratedPostgres.TOKEN_SERVICE);
  }

  static Session authExchange() {
    return as(MigratedPostgres.AUTH_EXCHANGE);
  }

  static Session owner() {
    return as(MigratedPostgres.OWNER);
  }

  static Session as(String user) {
    try {
      return new Session(Server.POSTGRES.connectAs(user));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static Session superuser() {
    try {
      return new Session(Server.POSTGRES.connectAsSuperuser());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the number of changed rows. */
  int run(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.execute() ? 0 : statement.getUpdateCount();
    }
  }

  List<Map<String, Object>> rows(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet result = statement.executeQuery()) {
      List<Map<String, Object>> rows = new ArrayList<>();
      while (result.next()) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  <T> List<T> column(Class<T> type, String sql, Object... parameters) throws SQLException {
    return rows(sql, parameters).stream()
        .map(row -> type.cast(row.values().iterator().next()))
        .toList();
  }

  /** The first column of the only row. */
  <T> T value(Class<T> type, String sql, Object... parameters) throws SQLException {
    List<Map<String, Object>> rows = rows(sql, parameters);
    assertThat(rows).as(sql).hasSize(1);
    return type.cast(rows.getFirst().values().iterator().next());
  }

  long count(String sql, Object... parameters) throws SQLException {
    return value(Number.class, sql, parameters).longValue();
  }

  /** Asserts that the statement fails with the state. An open transaction stays usable. */
  SQLException refuses(String sqlState, String sql, Object... parameters) throws SQLException {
    boolean inTransaction = !connection.getAutoCommit();
    var before = inTransaction ? connection.setSavepoint() : null;
    SQLException refusal = catchThrowableOfType(SQLException.class, () -> run(sql, parameters));
    if (before != null) {
      connection.rollback(before);
    }
    assertThat((Throwable) refusal).as("'%s' must be refused", sql).isNotNull();
    assertThat(refusal.getSQLState()).as("%s: %s", sql, refusal.getMessage()).isEqualTo(sqlState);
    return refusal;
  }

  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  void commit() throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  void rollback() throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }

  int pid() throws SQLException {
    return value(Integer.class, "SELECT pg_backend_pid()");
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  /** The server is started once and ends with the JVM. */
  private static final class Server {
    static final MigratedPostgres POSTGRES = MigratedPostgres.start();
  }
}
