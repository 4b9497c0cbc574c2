package dev.osmo.exchange.database;

import dev.osmo.http.start.StartRefused;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/**
 * The schema this release was written for. A newer one is fine: migrations keep the release before
 * them running.
 */
@Singleton
public class SchemaVersion {

  static final int NEEDED = 14;

  private static final String NEWEST_APPLIED =
      """
      SELECT coalesce(max(version::integer), 0) AS version
        FROM flyway_schema_history
       WHERE success AND version ~ '^[0-9]+$'
      """;

  private final Database database;

  SchemaVersion(Database database) {
    this.database = database;
  }

  /** Refuses to start on an older schema, or without a database. */
  public void check() {
    int applied = applied();
    if (applied < NEEDED) {
      throw new StartRefused(
          "The database's schema is at version %d and version %d is needed; run the migrations first."
              .formatted(applied, NEEDED));
    }
  }

  private int applied() {
    try {
      return database.askNow(NEWEST_APPLIED, Tuple.tuple()).iterator().next().getInteger("version");
    } catch (DatabaseUnavailable e) {
      throw new StartRefused("The database does not answer: %s.".formatted(e.reason()));
    }
  }
}
