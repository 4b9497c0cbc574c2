package dev.osmo.exchange.database;

import dev.osmo.http.start.StartRefused;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The schema version that this release needs. A newer one is accepted, because the previous release
 * must run on each new schema.
 */
@ApplicationScoped
public class SchemaVersion {

  static final int NEEDED = 36;

  private static final String EXISTS =
      "SELECT to_regclass('flyway_schema_history') IS NOT NULL AS exists";
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
          "The database's schema is at version %d and this auth-exchange-service needs %d: run \"token-service migrate\" first."
              .formatted(applied, NEEDED));
    }
  }

  /** 0 if no migration was applied. */
  private int applied() {
    return first(EXISTS).getBoolean("exists") ? first(NEWEST_APPLIED).getInteger("version") : 0;
  }

  private Row first(String sql) {
    return database.atStart(() -> database.query(sql)).iterator().next();
  }
}
