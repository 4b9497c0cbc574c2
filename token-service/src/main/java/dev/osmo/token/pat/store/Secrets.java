package dev.osmo.token.pat.store;

import dev.osmo.token.minting.MintedPat;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.UUID;

/** The secrets of tokens: written once, read back without what is secret. */
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
             s.valid_until AS valid_until, s.revoked_at AS revoked_at
        FROM access_token_secret s
       WHERE s.token_id = :token
       ORDER BY s.created_at DESC, s.id
      """;

  public Uni<Void> insert(MintedPat minted) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(INSERT)
                    .setParameter("id", UUID.randomUUID())
                    .setParameter("token", minted.id().value())
                    .setParameter("lookup", minted.lookup().hex())
                    .setParameter("pepper", minted.lookup().pepperId())
                    .setParameter("phc", minted.phc().text())
                    .executeUpdate())
        .replaceWithVoid();
  }

  /** Newest first. */
  public Uni<List<SecretRow>> of(String token) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(OF_TOKEN, Tuple.class)
                    .setParameter("token", token)
                    .getResultList())
        .map(rows -> rows.stream().map(SecretRow::of).toList());
  }
}
