package dev.osmo.token.pat.lifecycle;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * What may happen to a token that exists. Each is a function of the database with its rule inside:
 * this service has no other right to change these rows. Runs in the caller's transaction.
 */
@ApplicationScoped
public class TokenChanges {

  private static final String SUSPEND = "SELECT suspend_token(:token, :suspended)";
  private static final String REVOKE_ALL =
      """
      SELECT r FROM revoke_tokens(ARRAY(SELECT t.id FROM access_token t
                                         WHERE t.user_id = :owner AND t.expires_at > clock_timestamp()
                                           AND EXISTS (SELECT FROM access_token_secret s
                                                        WHERE s.token_id = t.id AND s.revoked_at IS NULL
                                                          AND (s.valid_until IS NULL OR s.valid_until > clock_timestamp()))),
                                  :why) AS r
      """;

  /** False when it was so already. */
  public Uni<Boolean> suspend(String token, boolean suspended) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(SUSPEND, Boolean.class)
                    .setParameter("token", token)
                    .setParameter("suspended", suspended)
                    .getSingleResult());
  }

  /** The tokens of this user that were live, asleep or not, and ended by it. */
  Uni<List<String>> revokeAll(String ownerId, String why) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(REVOKE_ALL, String.class)
                    .setParameter("owner", ownerId)
                    .setParameter("why", why)
                    .getResultList());
  }
}
