package dev.osmo.token.bootstrap;

import dev.osmo.pat.PatId;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Optional;

/** Which token file was applied last. */
@ApplicationScoped
class BootstrapState {

  /** Chosen once, for this purpose only. */
  private static final long LOCK = 0x6f736d6f_626f6f74L;

  private static final String ONE_AT_A_TIME = "SELECT CAST(pg_advisory_xact_lock(:lock) AS text)";
  private static final String LAST_APPLIED =
      "SELECT encode(digest, 'hex') AS digest, pat_id AS pat_id FROM bootstrap_token";
  private static final String REMEMBER =
      """
      INSERT INTO bootstrap_token (digest, pat_id, applied_at) VALUES (decode(:digest, 'hex'), :pat, now())
      ON CONFLICT (only_row) DO UPDATE
         SET digest = EXCLUDED.digest, pat_id = EXCLUDED.pat_id, applied_at = EXCLUDED.applied_at
      """;

  record Applied(BootstrapDigest digest, PatId token) {}

  /** Until the transaction ends, other replicas wait here. */
  Uni<Void> lock() {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(ONE_AT_A_TIME, String.class)
                    .setParameter("lock", LOCK)
                    .getSingleResult())
        .replaceWithVoid();
  }

  Uni<Optional<Applied>> lastApplied() {
    return Panache.getSession()
        .chain(session -> session.createNativeQuery(LAST_APPLIED, Tuple.class).getResultList())
        .map(BootstrapState::first);
  }

  Uni<Void> remember(BootstrapDigest digest, PatId token) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(REMEMBER)
                    .setParameter("digest", digest.hex())
                    .setParameter("pat", token.value())
                    .executeUpdate())
        .replaceWithVoid();
  }

  private static Optional<Applied> first(List<Tuple> rows) {
    return rows.stream()
        .findFirst()
        .map(
            row ->
                new Applied(
                    new BootstrapDigest(row.get("digest", String.class)),
                    new PatId(row.get("pat_id", String.class))));
  }
}
