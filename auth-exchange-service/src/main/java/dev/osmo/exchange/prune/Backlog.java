package dev.osmo.exchange.prune;

import dev.osmo.exchange.database.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** How much waits to be pruned. Looked at after each drain, also after one that failed. */
@Singleton
class Backlog {

  private static final Logger LOG = Logger.getLogger("dev.osmo.exchange.prune");

  private static final String FIND_WAITING =
      """
      SELECT count(*)::float8 AS removals,
             coalesce(extract(epoch FROM clock_timestamp() - min(removed_at)), 0)::float8 AS seconds
        FROM role_removal
       WHERE pruned_at IS NULL
      """;

  /** Nobody knows while the database is away. */
  private static final Waiting UNKNOWN = new Waiting(Double.NaN, Double.NaN);

  private final Database database;
  private volatile Waiting waiting = UNKNOWN;

  Backlog(Database database) {
    this.database = database;
  }

  /** How many removals wait. */
  double removals() {
    return waiting.removals();
  }

  /** How long the oldest of them has waited. */
  double seconds() {
    return waiting.seconds();
  }

  /** Never fails and never waits. */
  void look() {
    database
        .ask(FIND_WAITING)
        .map(rows -> waiting(rows.iterator().next()))
        .subscribe()
        .with(found -> waiting = found, this::unknown);
  }

  private void unknown(Throwable failure) {
    LOG.debugf("the backlog is not known: %s", failure.getMessage());
    waiting = UNKNOWN;
  }

  private static Waiting waiting(Row row) {
    return new Waiting(row.getDouble("removals"), row.getDouble("seconds"));
  }

  private record Waiting(double removals, double seconds) {}
}
