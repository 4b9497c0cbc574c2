package dev.osmo.token.bootstrap;

import dev.osmo.pat.PatId;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Row;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The token file that was applied last. */
@ApplicationScoped
class BootstrapState {

  /** Chosen once, for this purpose only. */
  private static final long LOCK = 0x6f736d6f_626f6f74L;

  private static final String LOCK_FOR_TRANSACTION =
      "SELECT CAST(pg_advisory_xact_lock(:lock) AS text)";
  private static final String LAST_APPLIED =
      "SELECT encode(digest, 'hex') AS digest, pat_id AS pat_id FROM bootstrap_token";
  private static final String STORE =
      """
      INSERT INTO bootstrap_token (digest, pat_id, applied_at) VALUES (decode(:digest, 'hex'), :pat, now())
      ON CONFLICT (only_row) DO UPDATE
         SET digest = EXCLUDED.digest, pat_id = EXCLUDED.pat_id, applied_at = EXCLUDED.applied_at
      """;

  record Applied(BootstrapDigest digest, PatId token) {}

  /** Other replicas wait here until this transaction ends. */
  Uni<Void> lock() {
    return NativeQuery.of(LOCK_FOR_TRANSACTION)
        .with("lock", LOCK)
        .single(String.class)
        .replaceWithVoid();
  }

  Uni<Optional<Applied>> lastApplied() {
    return NativeQuery.of(LAST_APPLIED).first(BootstrapState::applied);
  }

  Uni<Void> store(BootstrapDigest digest, PatId token) {
    return NativeQuery.of(STORE)
        .with("digest", digest.hex())
        .with("pat", token.value())
        .execute()
        .replaceWithVoid();
  }

  private static Applied applied(Row row) {
    return new Applied(new BootstrapDigest(row.text("digest")), new PatId(row.text("pat_id")));
  }
}
