package dev.osmo.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;

/**
 * Checks for a pooler that gives a connection another session of PostgreSQL for each transaction
 * (PgBouncer in transaction mode). There, prepared statements of several connections are mixed up,
 * and {@code LISTEN} hears nothing.
 */
public final class SharedSessions {

  private static final String SESSION = "SELECT pg_backend_pid()";

  private SharedSessions() {}

  /** The second connection takes the session of the first one if the pooler may share it. */
  public static Future<Boolean> areBehind(Pool pool) {
    return pool.withConnection(
        first ->
            session(first)
                .compose(
                    before ->
                        pool.withTransaction(SharedSessions::session)
                            .compose(
                                other ->
                                    session(first)
                                        .map(
                                            after ->
                                                before.equals(other) || !before.equals(after)))));
  }

  private static Future<Integer> session(SqlConnection connection) {
    return connection.query(SESSION).execute().map(rows -> rows.iterator().next().getInteger(0));
  }
}
