package dev.osmo.token.pat.store;

import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.minting.MintedPat;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** The secrets of tokens. Their lookup and hash are written once and never read. */
@ApplicationScoped
public class Secrets {

  private static final String INSERT =
      """
      INSERT INTO access_token_secret (id, token_id, lookup, pepper_id, phc)
      VALUES (:id, :token, decode(:lookup, 'hex'), :pepper, :phc)
      """;
  private static final String OF_TOKEN =
      """
      SELECT s.id AS id, s.created_at AS created_at, s.first_used_at AS first_used_at,
             s.valid_until AS valid_until, s.revoked_at AS revoked_at,
             secret_is_live(s.revoked_at, s.valid_until, statement_timestamp()) AS live
        FROM access_token_secret s
       WHERE s.token_id = :token
       ORDER BY s.created_at DESC, s.id
      """;

  public Uni<Void> insert(MintedPat minted) {
    return NativeQuery.of(INSERT)
        .with("id", UUID.randomUUID())
        .with("token", minted.id().value())
        .with("lookup", minted.lookup().hex())
        .with("pepper", minted.lookup().pepperId())
        .with("phc", minted.phc().text())
        .execute()
        .replaceWithVoid();
  }

  /** Newest first. */
  public Uni<List<SecretRow>> of(String token) {
    return NativeQuery.of(OF_TOKEN).with("token", token).list(SecretRow::of);
  }
}
