package dev.osmo.token.pat.lifecycle;

import dev.osmo.token.database.NativeQuery;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Changes tokens that exist, in the caller's transaction. Each change is a database function that
 * contains its rule, because this service has no other right to change these rows.
 */
@ApplicationScoped
class TokenChanges {

  private static final String SUSPEND = "SELECT suspend_token(:token, :suspended)";
  private static final String REVOKE = "SELECT r FROM revoke_tokens(ARRAY[:token], :why) AS r";
  private static final String REVOKE_ALL =
      """
      SELECT r FROM revoke_tokens(ARRAY(SELECT t.id FROM live_token t WHERE t.user_id = :owner), :why) AS r
      """;

  /** False if the token was in this state already. */
  Uni<Boolean> suspend(String token, boolean suspended) {
    return NativeQuery.of(SUSPEND)
        .with("token", token)
        .with("suspended", suspended)
        .single(Boolean.class);
  }

  /** False if no secret of the token was valid. */
  Uni<Boolean> revoke(String token, String why) {
    return NativeQuery.of(REVOKE)
        .with("token", token)
        .with("why", why)
        .list(String.class)
        .map(revoked -> !revoked.isEmpty());
  }

  /** The active and suspended tokens of this user, all revoked now. */
  Uni<List<String>> revokeAll(String ownerId, String why) {
    return NativeQuery.of(REVOKE_ALL).with("owner", ownerId).with("why", why).list(String.class);
  }
}
