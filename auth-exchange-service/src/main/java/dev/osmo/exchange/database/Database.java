package dev.osmo.exchange.database;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.start.StartRefused;
import dev.osmo.postgres.CommitLease;
import dev.osmo.postgres.PrimaryAddress;
import dev.osmo.postgres.RestoredDatabase;
import dev.osmo.postgres.TlsFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs prepared statements on the primary. Each one completes within the deadline, with rows or
 * with {@link DatabaseUnavailable}, also if the lease of commits is lost.
 */
@ApplicationScoped
public class Database {

  private static final Logger LOG = Logger.getLogger(Database.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Vertx vertx;
  private final Pool pool;
  private final CommitLease lease;
  private final PrimaryAddress primary;
  private final Duration deadline;
  private final int waiting;
  private final Duration patience;
  private final List<BatchedReads<?, ?>> batchedReads = new CopyOnWriteArrayList<>();
  private long patienceEnds;

  Database(
      Vertx vertx,
      Pool pool,
      CommitLease lease,
      PrimaryAddress primary,
      AuthExchangeConfig config) {
    this.vertx = vertx;
    this.pool = pool;
    this.lease = lease;
    this.primary = primary;
    this.deadline = config.database().deadline();
    this.waiting = config.database().waiting();
    this.patience = config.database().patience();
  }

  public Uni<RowSet<Row>> query(String sql) {
    return query(sql, Tuple.tuple());
  }

  public Uni<RowSet<Row>> query(String sql, Tuple parameters) {
    return query(sql, parameters, deadline);
  }

  /** Within a deadline of its own. */
  public Uni<RowSet<Row>> query(String sql, Tuple parameters, Duration within) {
    // Not pool.preparedQuery(…): after a refused connection it leaves a timer that fails again with
    // a stack trace, and after a timeout it leaks the connection.
    return underLease(
        () -> pool.withConnection(connection -> connection.preparedQuery(sql).execute(parameters)),
        within);
  }

  /**
   * Reads for many requests in one statement.
   *
   * @param most for how many requests a statement reads at most
   */
  public <K, V> BatchedReads<K, V> batched(int most, BatchedReads.Statement<K, V> statement) {
    BatchedReads<K, V> reads = new BatchedReads<>(vertx, most, waiting, deadline, statement);
    batchedReads.add(reads);
    return reads;
  }

  /** How long the oldest read for many requests has been under way; zero without any. */
  Duration oldestRead() {
    return batchedReads.stream()
        .map(BatchedReads::oldest)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /**
   * For a change that is acknowledged to a client: completes when a synchronous standby has it,
   * too.
   *
   * @param parameters without the last one of the statement, which is the timeline for {@code
   *     require_primary}
   */
  public Uni<RowSet<Row>> change(String sql, Tuple parameters) {
    String since = lease.timeline();
    return query(sql, parameters.addString(since)).call(() -> confirm(since));
  }

  /**
   * Runs the work in one transaction, within the same deadline. Completes when a synchronous
   * standby has the changes, too.
   */
  public <T> Uni<T> inTransaction(Function<SqlConnection, Uni<T>> work) {
    String since = lease.timeline();
    return underLease(() -> pool.withTransaction(work), deadline).call(() -> confirm(since));
  }

  private Uni<Void> confirm(String since) {
    return Uni.createFrom()
        .completionStage(() -> lease.confirm(since).toCompletionStage())
        .onFailure()
        .transform(DatabaseUnavailable::new);
  }

  /**
   * Before the work, because a database that no longer commits must not collect connections. After
   * it, because the process may have paused.
   */
  private <T> Uni<T> underLease(Supplier<Uni<T>> work, Duration within) {
    return Uni.createFrom()
        .voidItem()
        .invoke(lease::require)
        .chain(work::get)
        .invoke(lease::require)
        .ifNoItem()
        .after(within)
        .fail()
        .onFailure()
        .transform(DatabaseUnavailable::new);
  }

  /**
   * The timeline of the server that confirms the commits, for {@code require_primary}; empty if
   * none is known yet.
   */
  public String timeline() {
    return lease.timeline();
  }

  /** Waits for the first commit. Every other statement of the start needs the lease. */
  public void startLease() {
    atStart(
        () ->
            Uni.createFrom()
                .completionStage(() -> lease.start().toCompletionStage())
                .ifNoItem()
                .after(deadline)
                .fail()
                .onFailure()
                .transform(Database::startRefused));
  }

  private static RuntimeException startRefused(Throwable failure) {
    return failure instanceof RestoredDatabase restored
        ? new StartRefused(restored.getMessage())
        : new DatabaseUnavailable(failure);
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
          throw new StartRefused(
              TlsFailure.sentence(e.getCause(), primary.servers()).orElseGet(e::sentence));
        }
        LOG.warnf("the start waits for the database: %s", e.reason());
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
