package dev.osmo.token.testing;

import dev.osmo.testkit.postgres.MigratedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A pool of superuser connections. Opening one takes longer than most statements, and the tests run
 * tens of thousands of them.
 */
final class IdleConnections {

  private final MigratedPostgres postgres;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  IdleConnections(MigratedPostgres postgres) {
    this.postgres = postgres;
  }

  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Runs the work in one transaction. */
  <T> T use(Work<T> work) {
    try {
      Connection connection = taken();
      try {
        T done = work.on(connection);
        connection.commit();
        idle.push(connection);
        return done;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection taken() throws SQLException {
    Connection waiting = idle.poll();
    if (waiting != null) {
      return waiting;
    }
    Connection fresh = postgres.connectAsSuperuser();
    fresh.setAutoCommit(false);
    return fresh;
  }
}
