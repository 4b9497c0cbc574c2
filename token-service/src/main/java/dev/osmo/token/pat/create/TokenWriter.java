package dev.osmo.token.pat.create;

import dev.osmo.pat.PatId;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.minting.MintedPat;
import dev.osmo.token.pat.store.Secrets;
import dev.osmo.token.pat.store.Tokens;
import dev.osmo.token.roles.Assignment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Writes a token, its secret and its snapshot of roles. The database accepts roles only in the
 * transaction that creates the token.
 */
@ApplicationScoped
class TokenWriter {

  private static final String INSERT_SNAPSHOT =
      """
      INSERT INTO access_token_role (token_id, assignment_id)
      SELECT :token, a.id FROM role_assignment a WHERE a.id IN (:assignments)
      """;

  private final Tokens tokens;
  private final Secrets secrets;

  TokenWriter(Tokens tokens, Secrets secrets) {
    this.tokens = tokens;
    this.secrets = secrets;
  }

  Uni<Void> insert(MintedPat minted, Creation creation) {
    return tokens
        .insert(creation.row(minted.id()))
        .chain(() -> secrets.insert(minted))
        .chain(() -> insertSnapshot(minted.id(), creation.roles()));
  }

  private static Uni<Void> insertSnapshot(PatId token, List<Assignment> roles) {
    return NativeQuery.of(INSERT_SNAPSHOT)
        .with("token", token.value())
        .with("assignments", roles.stream().map(Assignment::id).toList())
        .execute()
        .invoke(written -> requireAll(written, roles))
        .replaceWithVoid();
  }

  private static void requireAll(int written, List<Assignment> roles) {
    if (written != roles.size()) {
      throw new IllegalStateException("the owner's roles changed although the owner is locked");
    }
  }
}
