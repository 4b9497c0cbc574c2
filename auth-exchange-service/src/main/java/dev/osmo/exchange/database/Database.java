package dev.osmo.exchange.database;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Runs prepared statements on PostgreSQL. Each one completes within the deadline, with rows or with
 * {@link DatabaseUnavailable}.
 */
@ApplicationScoped
public class Database {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Pool pool;
  private final Duration deadline;
  private final Duration patience;

  Database(Pool pool, AuthExchangeConfig config) {
    this.pool = pool;
    this.deadline = config.database().deadline();
    this.patience = config.database().patience();
  }

  public Uni<RowSet<Row>> query(String sql) {
    return query(sql, Tuple.tuple());
  }

  public Uni<RowSet<Row>> query(String sql, Tuple parameters) {
    // Not pool.preparedQuery(…): after a refused connection it leaves a timer that fails again with
    // a stack trace, and after a timeout it leaks the connection.
    return pool.withConnection(connection -> connection.preparedQuery(sql).execute(parameters))
        .ifNoItem()
        .after(deadline)
        .fail()
        .onFailure()
        .transform(DatabaseUnavailable::new);
  }

  /** Runs the work in one transaction, within the same deadline. */
  public <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
    return pool.withTransaction(work)
        .ifNoItem()
        .after(deadline)
        .fail()
        .onFailure()
        .transform(DatabaseUnavailable::new);
  }

  /** For the start only: blocks, and retries while the database is starting. */
  public RowSet<Row> queryAtStart(String sql, Tuple parameters) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return query(sql, parameters).await().indefinitely();
      } catch (DatabaseUnavailable e) {
        if (!e.isTransient() || System.nanoTime() - end >= 0) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
