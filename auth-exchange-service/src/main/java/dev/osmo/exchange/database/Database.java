package dev.osmo.exchange.database;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Asks PostgreSQL one prepared statement at a time. Every question is answered within the deadline:
 * with rows, or with {@link DatabaseUnavailable}.
 */
@Singleton
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

  public Uni<RowSet<Row>> ask(String question) {
    return ask(question, Tuple.tuple());
  }

  public Uni<RowSet<Row>> ask(String question, Tuple parameters) {
    // Not pool.preparedQuery(…): a question whose connection is refused would leave a timer behind
    // that fails again, with a stack trace for each, and one that waited too long its connection.
    return pool.withConnection(connection -> connection.preparedQuery(question).execute(parameters))
        .ifNoItem()
        .after(deadline)
        .fail()
        .onFailure()
        .transform(DatabaseUnavailable::new);
  }

  /** All of the work or none of it, within the same deadline. */
  public <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
    return pool.withTransaction(work)
        .ifNoItem()
        .after(deadline)
        .fail()
        .onFailure()
        .transform(DatabaseUnavailable::new);
  }

  /** For the start only: blocks the caller, and is patient with a database that is starting too. */
  public RowSet<Row> askNow(String question, Tuple parameters) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return ask(question, parameters).await().indefinitely();
      } catch (DatabaseUnavailable e) {
        if (!e.mayPass() || System.nanoTime() - end >= 0) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
