package dev.osmo.token.start;

import dev.osmo.http.start.StartRefused;
import dev.osmo.token.migrate.SchemaVersion;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The schema this program was written for, and the one that is there. */
@ApplicationScoped
class Schema {

  static final int NEEDED = SchemaVersion.REQUIRED;
  private static final String VERSION =
      """
      SELECT coalesce(max(CAST(h.version AS integer)), 0) FROM flyway_schema_history h
       WHERE h.success AND h.version IS NOT NULL
      """;
  private static final String IS_THERE = "SELECT to_regclass('flyway_schema_history') IS NOT NULL";
  private static final String PEPPERS_IN_USE =
      """
      SELECT DISTINCT s.pepper_id FROM access_token_secret s JOIN access_token t ON t.id = s.token_id
       WHERE s.revoked_at IS NULL AND t.expires_at > clock_timestamp()
         AND (s.valid_until IS NULL OR s.valid_until > clock_timestamp())
      """;

  /** 0 when nothing was ever migrated. */
  Uni<Integer> version() {
    return Panache.withSession(
        () ->
            Panache.getSession()
                .chain(
                    session -> session.createNativeQuery(IS_THERE, Boolean.class).getSingleResult())
                .chain(there -> there ? readVersion() : Uni.createFrom().item(0)));
  }

  Uni<Void> requireNewEnough() {
    return version().invoke(Schema::requireNewEnough).replaceWithVoid();
  }

  Uni<List<String>> peppersInUse() {
    return Panache.withSession(
        () ->
            Panache.getSession()
                .chain(
                    session ->
                        session.createNativeQuery(PEPPERS_IN_USE, String.class).getResultList()));
  }

  private static Uni<Integer> readVersion() {
    return Panache.getSession()
        .chain(session -> session.createNativeQuery(VERSION, Integer.class).getSingleResult());
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
