package dev.osmo.token.pat;

import dev.osmo.token.minting.MintedPat;
import dev.osmo.token.minting.PatId;
import dev.osmo.token.roles.Assignment;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Writes a token, its secret and its snapshot of roles; the only moment in which the database lets
 * roles be added.
 */
@ApplicationScoped
class TokenWriter {

  private static final String INSERT_SECRET =
      """
      INSERT INTO access_token_secret (id, token_id, lookup, pepper_id, phc)
      VALUES (:id, :token, decode(:lookup, 'hex'), :pepper, :phc)
      """;
  private static final String INSERT_SNAPSHOT =
      "INSERT INTO access_token_role (token_id, assignment_id) SELECT :token, a.id FROM role_assignment a WHERE a.id IN (:assignments)";

  private final Tokens tokens;

  TokenWriter(Tokens tokens) {
    this.tokens = tokens;
  }

  Uni<Void> insert(MintedPat minted, Creation creation) {
    return tokens
        .persistAndFlush(TokenEntity.of(minted.id(), creation))
        .chain(Panache::getSession)
        .call(session -> insertSecret(session, minted))
        .chain(session -> insertSnapshot(session, minted.id(), creation.roles()));
  }

  private static Uni<Integer> insertSecret(Mutiny.Session session, MintedPat minted) {
    return session
        .createNativeQuery(INSERT_SECRET)
        .setParameter("id", UUID.randomUUID())
        .setParameter("token", minted.id().value())
        .setParameter("lookup", minted.lookup().hex())
        .setParameter("pepper", minted.lookup().pepperId())
        .setParameter("phc", minted.phc().text())
        .executeUpdate();
  }

  private static Uni<Void> insertSnapshot(
      Mutiny.Session session, PatId token, List<Assignment> roles) {
    return session
        .createNativeQuery(INSERT_SNAPSHOT)
        .setParameter("token", token.value())
        .setParameter("assignments", roles.stream().map(Assignment::id).toList())
        .executeUpdate()
        .invoke(written -> demandAll(written, roles))
        .replaceWithVoid();
  }

  private static void demandAll(int written, List<Assignment> roles) {
    if (written != roles.size()) {
      throw new IllegalStateException("the owner's roles changed under the owner's lock");
    }
  }
}
