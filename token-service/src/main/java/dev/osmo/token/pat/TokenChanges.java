package dev.osmo.token.pat;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What may happen to a token that exists. Each is a function of the database with its rule inside:
 * this service has no other right to change these rows. Runs in the caller's transaction.
 */
@ApplicationScoped
class TokenChanges {

  private static final String END_SECRET =
      "SELECT 1 FROM end_secret(:secret, CAST(CAST(:at AS text) AS timestamptz))";
  private static final String MOVE_EXPIRY =
      "SELECT move_expiry(:token, CAST(CAST(:at AS text) AS timestamptz))";
  private static final String SUSPEND = "SELECT suspend_token(:token, :suspended)";
  private static final String REVOKE_ALL =
      "SELECT r FROM revoke_tokens(ARRAY(SELECT t.id FROM access_token t WHERE t.user_id = :owner), :why) AS r";
  private static final String COUNT_DERIVED =
      "SELECT count(*) FROM derived_tokens(ARRAY[CAST(:token AS text)])";

  Uni<Void> endReplaced(Rotation rotation) {
    return rotation
        .replaced()
        .map(secret -> endSecret(secret, rotation.token().asOf()))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  Uni<Void> endAfterGrace(Rotation rotation) {
    return endSecret(rotation.stays(), rotation.oldSecretValidUntil());
  }

  Uni<Void> moveExpiry(Rotation rotation) {
    if (!rotation.movesExpiry()) {
      return Uni.createFrom().voidItem();
    }
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(MOVE_EXPIRY, Boolean.class)
                    .setParameter("token", rotation.token().id())
                    .setParameter("at", rotation.expiresAt().toString())
                    .getSingleResult())
        .invoke(TokenChanges::demandMoved)
        .replaceWithVoid();
  }

  /** False when it was so already. */
  Uni<Boolean> suspend(String token, boolean suspended) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(SUSPEND, Boolean.class)
                    .setParameter("token", token)
                    .setParameter("suspended", suspended)
                    .getSingleResult());
  }

  /** The tokens of this user that ended by it. */
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

  /** How many tokens exist that were made with this one, or with one that was. */
  Uni<Long> countDerived(String token) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(COUNT_DERIVED, Long.class)
                    .setParameter("token", token)
                    .getSingleResult());
  }

  private static void demandMoved(boolean moved) {
    if (!moved) {
      throw new IllegalStateException("the database refused an end that the rules allow");
    }
  }

  private static Uni<Void> endSecret(UUID secret, Instant at) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(END_SECRET, Integer.class)
                    .setParameter("secret", secret)
                    .setParameter("at", at.toString())
                    .getSingleResult())
        .replaceWithVoid();
  }
}
