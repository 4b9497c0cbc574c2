package dev.osmo.exchange.prune;

import dev.osmo.exchange.database.Database;
import dev.osmo.exchange.database.DatabaseUnavailable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Drains the due removals, batch after batch until none is left. Goes by the state of the rows and
 * never by a remembered position, so a ring that was missed costs time and nothing else. Any number
 * of replicas may drain at once.
 */
@Singleton
class Pruner {

  private static final Logger LOG = Logger.getLogger("dev.osmo.exchange.prune");

  private static final String PRUNE =
      """
      SELECT removal_id, user_id, role_name, removed_at, pruned_tokens, clock_timestamp() AS pruned_at
        FROM prune_removals($1)
      """;

  private final Database database;
  private final PruneMetrics metrics;
  private final Backlog backlog;
  private final DrainTurn turn = new DrainTurn();
  private volatile BatchSize size = BatchSize.LARGEST;

  Pruner(Database database, PruneMetrics metrics, Backlog backlog) {
    this.database = database;
    this.metrics = metrics;
    this.backlog = backlog;
  }

  /** Never fails and never waits: what cannot be drained now is drained at the next ring. */
  void ring() {
    if (turn.ring()) {
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
    backlog.look();
    if (turn.finishedButRungAgain()) {
      drain();
    }
  }

  /** Prunes some; whether there may be more. */
  private Uni<Boolean> batch() {
    return database
        .ask(PRUNE, Tuple.of(size.removals()))
        .map(this::noted)
        .onFailure(this::canBeLess)
        .recoverWithItem(this::tryLess);
  }

  private boolean noted(RowSet<Row> rows) {
    size = size.larger();
    rows.forEach(this::noted);
    return rows.rowCount() > 0;
  }

  private boolean canBeLess(Throwable failure) {
    return failure instanceof DatabaseUnavailable unavailable
        && unavailable.tookTooLong()
        && size.canShrink();
  }

  /** One removal touches the tokens of one person, so the smallest batch is small indeed. */
  private boolean tryLess() {
    LOG.warnf("pruning took too long, removals_at_once=%d", size.removals());
    size = size.smaller();
    return true;
  }

  private void noted(Row row) {
    PrunedRemoval pruned = PrunedRemoval.of(row);
    Instant prunedAt = row.getOffsetDateTime("pruned_at").toInstant();
    Duration lag = Duration.between(pruned.removedAt(), prunedAt);
    metrics.pruned(pruned.prunedTokens(), lag);
    LOG.infof(
        "pruned removal_id=%d user_id=%s role=%s pruned_tokens=%d lag_ms=%d",
        pruned.removalId(),
        pruned.userId(),
        pruned.roleName(),
        pruned.prunedTokens(),
        lag.toMillis());
  }

  private static void logFailure(Throwable failure) {
    if (failure instanceof DatabaseUnavailable unavailable) {
      LOG.warnf("pruning waits for the database: %s", unavailable.reason());
    } else {
      LOG.error("pruning failed and will be tried again", failure);
    }
  }
}
