package dev.osmo.exchange.prune;

import dev.osmo.exchange.database.Database;
import dev.osmo.exchange.database.DatabaseUnavailable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Prunes the pending removals in batches until none is left. It selects by the state of the rows,
 * never by a stored position, so a missed notification only delays pruning. Any number of replicas
 * may prune at the same time.
 */
@ApplicationScoped
class Pruner {

  private static final Logger LOG = Logger.getLogger("dev.osmo.exchange.prune");

  private static final String PRUNE =
      """
      SELECT removal_id, user_id, role_name, removed_at, pruned_tokens, finished, clock_timestamp() AS pruned_at
        FROM prune_removals($1)
      """;

  private final Database database;
  private final PruneMetrics metrics;
  private final Backlog backlog;
  private final SingleDrain drain = new SingleDrain();
  private volatile BatchSize size = BatchSize.FIRST;

  Pruner(Database database, PruneMetrics metrics, Backlog backlog) {
    this.database = database;
    this.metrics = metrics;
    this.backlog = backlog;
  }

  /** Never fails and never blocks. What cannot be pruned now is pruned at the next request. */
  void request() {
    if (drain.request()) {
      drain();
    }
  }

  private void drain() {
    Uni.createFrom()
        .deferred(this::batch)
        .repeat()
        .whilst(mayBeMore -> mayBeMore)
        .onItem()
        .ignoreAsUni()
        .onTermination()
        .invoke(this::afterwards)
        .subscribe()
        .with(done -> {}, Pruner::logFailure);
  }

  private void afterwards() {
    backlog.refresh();
    if (drain.finishedButRequestedAgain()) {
      drain();
    }
  }

  /** Prunes one batch. True if there may be more. */
  private Uni<Boolean> batch() {
    long start = System.nanoTime();
    return database
        .query(PRUNE, Tuple.of(size.roles()))
        .invoke(() -> size = size.after(Duration.ofNanos(System.nanoTime() - start)))
        .map(this::record)
        .onFailure(this::canShrink)
        .recoverWithItem(this::shrink);
  }

  private boolean record(RowSet<Row> rows) {
    rows.forEach(this::record);
    return rows.rowCount() > 0;
  }

  private boolean canShrink(Throwable failure) {
    return failure instanceof DatabaseUnavailable unavailable
        && unavailable.tookTooLong()
        && size.canShrink();
  }

  private boolean shrink() {
    size = size.smaller();
    LOG.warnf("pruning timed out, next batch: roles=%d", size.roles());
    return true;
  }

  private void record(Row row) {
    PrunedRemoval pruned = PrunedRemoval.of(row);
    Instant prunedAt = row.getOffsetDateTime("pruned_at").toInstant();
    Duration lag = Duration.between(pruned.removedAt(), prunedAt);
    metrics.pruned(pruned, lag);
    LOG.infof(
        "pruned removal_id=%d user_id=%s role=%s pruned_tokens=%d finished=%b lag_ms=%d",
        pruned.removalId(),
        pruned.userId(),
        pruned.roleName(),
        pruned.prunedTokens(),
        pruned.finished(),
        lag.toMillis());
  }

  private static void logFailure(Throwable failure) {
    if (failure instanceof DatabaseUnavailable unavailable) {
      LOG.warnf("removals cannot be pruned yet: %s", unavailable.reason());
    } else {
      LOG.error("pruning failed; the next attempt follows", failure);
    }
  }
}
