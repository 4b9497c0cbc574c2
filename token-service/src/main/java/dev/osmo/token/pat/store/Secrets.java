package dev.osmo.token.pat.store;

import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.minting.MintedPat;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of tokens, and their trust in workloads. Lookup and hash are written once and never
 * read.
 */
@ApplicationScoped
public class Secrets {

  private static final String INSERT =
      """
      INSERT INTO access_token_secret (id, token_id, lookup, pepper_id, phc, made_with)
      VALUES (:id, :token, decode(:lookup, 'hex'), :pepper, :phc, CAST(CAST(:made_with AS text) AS uuid))
      """;
  private static final String SELECT =
      """
      SELECT s.id AS id, s.created_at AS created_at, s.first_used_at AS first_used_at,
             s.valid_until AS valid_until, s.revoked_at AS revoked_at, s.reused_at AS reused_at,
             s.trusted_issuer AS trusted_issuer, s.trusted_audience AS trusted_audience,
             s.trusted_subject AS trusted_subject
        FROM access_token_secret s
      """;
  static final String LIVE =
      SELECT
          + """
           WHERE s.token_id = :token
             AND secret_is_live(s.revoked_at, s.valid_until, statement_timestamp())
           ORDER BY s.created_at DESC, s.id
          """;

  /** The older live secret may have been created before many that were never used. */
  static final String LIVE_AND_NEWEST =
      SELECT
          + """
           WHERE s.id IN (SELECT l.id FROM live_secret l WHERE l.token_id = :token
                          UNION ALL
                          (SELECT n.id FROM access_token_secret n WHERE n.token_id = :token
                            ORDER BY n.created_at DESC LIMIT 100))
           ORDER BY s.created_at DESC, s.id
          """;

  /**
   * Inserts a secret.
   *
   * @param madeWith the secret whose JWT makes this one; null in a session, and for a provisioned
   *     token
   */
  public Uni<Void> insert(MintedPat minted, @Nullable UUID madeWith) {
    return NativeQuery.of(INSERT)
        .with("id", UUID.randomUUID())
        .with("token", minted.id().value())
        .with("lookup", minted.lookup().hex())
        .with("pepper", minted.lookup().pepperId())
        .with("phc", minted.phc().text())
        .with("made_with", madeWith == null ? null : madeWith.toString())
        .execute()
        .replaceWithVoid();
  }

  /** The live secrets, newest first. */
  public Uni<List<SecretRow>> live(String token) {
    return NativeQuery.of(LIVE).with("token", token).list(SecretRow::of);
  }

  /** The live secrets and the newest 100 of all, newest first. */
  public Uni<List<SecretRow>> latest(String token) {
    return NativeQuery.of(LIVE_AND_NEWEST).with("token", token).list(SecretRow::of);
  }
}
