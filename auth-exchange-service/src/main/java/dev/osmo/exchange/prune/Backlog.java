package dev.osmo.exchange.prune;

import dev.osmo.exchange.database.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** The removals that are not pruned yet. Read after each drain, also after a failed one. */
@ApplicationScoped
class Backlog {

  private static final Logger LOG = Logger.getLogger("dev.osmo.exchange.prune");

  private static final String FIND_WAITING =
      """
      SELECT count(*)::float8 AS removals,
             coalesce(extract(epoch FROM clock_timestamp() - min(removed_at)), 0)::float8 AS seconds
        FROM (SELECT removed_at FROM role_removal WHERE pruned_at IS NULL ORDER BY removed_at LIMIT 100000) waiting
      """;

  /** While the database is unavailable. */
  private static final Waiting UNKNOWN = new Waiting(Double.NaN, Double.NaN);

  private final Database database;
  private volatile Waiting waiting = UNKNOWN;

  Backlog(Database database) {
    this.database = database;
  }

  /** The number of removals that are not pruned yet. Counts no more than 100,000. */
  double removals() {
    return waiting.removals();
  }

  /** The age of the oldest of them, in seconds. */
  double seconds() {
    return waiting.seconds();
  }

  /** Never fails and never blocks. */
  void refresh() {
    database
        .query(FIND_WAITING)
        .map(rows -> waiting(rows.iterator().next()))
        .subscribe()
        .with(found -> waiting = found, this::unknown);
  }

  private void unknown(Throwable failure) {
    LOG.debugf("the backlog is unknown: %s", failure.getMessage());
    waiting = UNKNOWN;
  }

  private static Waiting waiting(Row row) {
    return new Waiting(row.getDouble("removals"), row.getDouble("seconds"));
  }

  private record Waiting(double removals, double seconds) {}
}
