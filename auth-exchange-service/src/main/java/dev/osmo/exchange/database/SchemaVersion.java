package dev.osmo.exchange.database;

import dev.osmo.http.start.StartRefused;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The schema version that this release needs. A newer one is accepted, because the previous release
 * must run on each new schema.
 */
@ApplicationScoped
public class SchemaVersion {

  static final int NEEDED = 35;

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

  /** Stops the start if the schema is older or the database does not respond. */
  public void check() {
    int applied = applied();
    if (applied < NEEDED) {
      throw new StartRefused(
          "The database's schema is at version %d and version %d is needed; run the migrations first."
              .formatted(applied, NEEDED));
    }
  }

  private int applied() {
    return database
        .atStart(() -> database.query(NEWEST_APPLIED))
        .iterator()
        .next()
        .getInteger("version");
  }
}
