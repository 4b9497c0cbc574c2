package dev.osmo.token.pat.create;

import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.pat.create.NewToken.WithSecret;
import dev.osmo.token.pat.create.NewToken.WithTrust;
import dev.osmo.token.roles.Assignment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a token, its secret or trust, and its snapshot of roles, in one statement: a round trip
 * costs more than the rows. The database accepts roles only in the transaction that creates the
 * token.
 */
@ApplicationScoped
class TokenWriter {

  /** Each part reads the one before, so that its triggers find the token and its credential. */
  private static final String INSERT =
      """
      WITH token AS (
        INSERT INTO access_token (id, user_id, name, description, expires_at, renewable_until, created_by, parent_id)
        VALUES (:token, :owner, :name, :description, CAST(CAST(:expires_at AS text) AS timestamptz),
                CAST(CAST(:renewable_until AS text) AS timestamptz), :created_by, CAST(:parent AS text))
        RETURNING id
      ), credential AS (
        INSERT INTO access_token_secret (id, token_id, lookup, pepper_id, phc, trusted_issuer, trusted_audience,
                                         trusted_subject, made_with)
        SELECT :secret, token.id, decode(CAST(:lookup AS text), 'hex'), CAST(:pepper AS text), CAST(:phc AS text),
               CAST(:issuer AS text), CAST(:audience AS text), CAST(:subject AS text),
               CAST(CAST(:made_with AS text) AS uuid)
          FROM token
        RETURNING token_id
      )
      INSERT INTO access_token_role (token_id, assignment_id)
      SELECT credential.token_id, held.id
        FROM credential, unnest(CAST(string_to_array(CAST(:assignments AS text), ',') AS uuid[])) AS held (id)
      """;

  Uni<Void> insert(NewToken token, Creation creation) {
    return credential(token, NativeQuery.of(INSERT))
        .with("token", token.id().value())
        .with("owner", creation.ownerId())
        .with("name", creation.name().value())
        .with("description", creation.description().text())
        .with("expires_at", creation.expiresAt().toString())
        .with("renewable_until", text(creation.renewableUntil()))
        .with("created_by", creation.createdBy().userId())
        .with("parent", creation.parentId())
        .with("secret", UUID.randomUUID())
        .with("made_with", text(creation.madeWith()))
        .with("assignments", ids(creation.roles()))
        .execute()
        .invoke(written -> requireAll(written, creation.roles()))
        .replaceWithVoid();
  }

  private static NativeQuery credential(NewToken token, NativeQuery insert) {
    return switch (token) {
      case WithSecret(var minted) ->
          insert
              .with("lookup", minted.lookup().hex())
              .with("pepper", minted.lookup().pepperId())
              .with("phc", minted.phc().text())
              .with("issuer", null)
              .with("audience", null)
              .with("subject", null);
      case WithTrust(var id, var trust) ->
          insert
              .with("lookup", null)
              .with("pepper", null)
              .with("phc", null)
              .with("issuer", trust.issuer())
              .with("audience", trust.audience())
              .with("subject", trust.subject());
    };
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static String ids(List<Assignment> roles) {
    return roles.stream().map(role -> role.id().toString()).collect(Collectors.joining(","));
  }

  private static void requireAll(int written, List<Assignment> roles) {
    if (written != roles.size()) {
      throw new IllegalStateException("the owner's roles changed although the owner is locked");
    }
  }
}
