package dev.osmo.token.start;

import dev.osmo.http.start.StartRefused;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.migrate.SchemaVersion;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The schema of the database, and the one that this release needs. */
@ApplicationScoped
class Schema {

  static final int NEEDED = SchemaVersion.REQUIRED;
  private static final String VERSION =
      """
      SELECT coalesce(max(CAST(h.version AS integer)), 0) FROM flyway_schema_history h
       WHERE h.success AND h.version IS NOT NULL
      """;

  /** One row for the health check; {@code writable} is false on a standby. */
  static final String READY =
      """
      SELECT coalesce(max(CAST(h.version AS integer)), 0) AS version,
             current_setting('transaction_read_only') = 'off' AS writable
        FROM flyway_schema_history h
       WHERE h.success AND h.version IS NOT NULL
      """;

  private static final String EXISTS = "SELECT to_regclass('flyway_schema_history') IS NOT NULL";

  /** 0 if no migration was applied. */
  Uni<Integer> version() {
    return Panache.withSession(
        () ->
            NativeQuery.of(EXISTS)
                .single(Boolean.class)
                .chain(there -> there ? readVersion() : Uni.createFrom().item(0)));
  }

  Uni<Void> requireNewEnough() {
    return version().invoke(Schema::requireNewEnough).replaceWithVoid();
  }

  private static Uni<Integer> readVersion() {
    return NativeQuery.of(VERSION).single(Integer.class);
  }

  private static void requireNewEnough(int version) {
    if (version < NEEDED) {
      throw new StartRefused(
          "The database's schema is at version "
              + version
              + " and this token-service needs "
              + NEEDED
              + ": run \"token-service migrate\" first.");
    }
  }
}
