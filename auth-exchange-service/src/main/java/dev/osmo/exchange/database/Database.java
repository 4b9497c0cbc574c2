package dev.osmo.exchange.database;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.start.StartRefused;
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
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs prepared statements on PostgreSQL. Each one completes within the deadline, with rows or with
 * {@link DatabaseUnavailable}.
 */
@ApplicationScoped
public class Database {

  private static final Logger LOG = Logger.getLogger(Database.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Pool pool;
  private final Duration deadline;
  private final Duration patience;
  private long patienceEnds;

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

  /**
   * For the start only: blocks, and repeats the work while the database may become available. The
   * patience is that of the whole start, from the first call on.
   *
   * @throws StartRefused if the database does not respond in time, or responds with an error
   */
  public <T> T atStart(Supplier<Uni<T>> work) {
    long now = System.nanoTime();
    patienceEnds = patienceEnds == 0 ? now + patience.toNanos() : patienceEnds;
    while (true) {
      try {
        return work.get().await().indefinitely();
      } catch (DatabaseUnavailable e) {
        if (!e.isTransient() || System.nanoTime() - patienceEnds >= 0) {
          throw new StartRefused("The database does not respond: %s.".formatted(e.reason()));
        }
        LOG.warnf("the start waits for the database: %s", e.reason());
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
