package dev.osmo.token.pat.create;

import dev.osmo.pat.PatId;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.pat.create.NewToken.WithSecret;
import dev.osmo.token.pat.create.NewToken.WithTrust;
import dev.osmo.token.pat.store.Secrets;
import dev.osmo.token.pat.store.Tokens;
import dev.osmo.token.roles.Assignment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a token, its secret or trust, and its snapshot of roles. The database accepts roles only
 * in the transaction that creates the token.
 */
@ApplicationScoped
class TokenWriter {

  private static final String INSERT_SNAPSHOT =
      """
      INSERT INTO access_token_role (token_id, assignment_id)
      SELECT :token, held.id FROM unnest(CAST(string_to_array(CAST(:assignments AS text), ',') AS uuid[])) AS held (id)
      """;

  private final Tokens tokens;
  private final Secrets secrets;

  TokenWriter(Tokens tokens, Secrets secrets) {
    this.tokens = tokens;
    this.secrets = secrets;
  }

  Uni<Void> insert(NewToken token, Creation creation) {
    return tokens
        .insert(creation.row(token.id()))
        .chain(() -> insertCredential(token, creation))
        .chain(() -> insertSnapshot(token.id(), creation.roles()));
  }

  private Uni<Void> insertCredential(NewToken token, Creation creation) {
    return switch (token) {
      case WithSecret(var minted) -> secrets.insert(minted, creation.madeWith());
      case WithTrust(var id, var trust) -> secrets.insert(id, trust, creation.madeWith());
    };
  }

  private static Uni<Void> insertSnapshot(PatId token, List<Assignment> roles) {
    return NativeQuery.of(INSERT_SNAPSHOT)
        .with("token", token.value())
        .with(
            "assignments",
            roles.stream().map(role -> role.id().toString()).collect(Collectors.joining(",")))
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
