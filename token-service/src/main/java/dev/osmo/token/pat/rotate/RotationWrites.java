package dev.osmo.token.pat.rotate;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/**
 * What a rotation changes. Each is a function of the database with its rule inside: this service
 * has no other right to change these rows. Runs in the caller's transaction.
 */
@ApplicationScoped
class RotationWrites {

  private static final String END_SECRET =
      "SELECT 1 FROM end_secret(:secret, CAST(CAST(:at AS text) AS timestamptz))";
  private static final String END_UNUSED_SECRET =
      "SELECT end_unused_secret(:secret, CAST(CAST(:at AS text) AS timestamptz))";
  private static final String MOVE_EXPIRY =
      "SELECT move_expiry(:token, CAST(CAST(:at AS text) AS timestamptz))";

  /** At most one of the two: the other stays. */
  Uni<Void> endReplaced(Rotation rotation) {
    Instant now = rotation.token().asOf();
    return rotation
        .lost()
        .map(secret -> endLost(secret, now))
        .or(() -> rotation.outlived().map(secret -> endSecret(secret, now)))
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
        .invoke(RotationWrites::requireMoved)
        .replaceWithVoid();
  }

  private static void requireMoved(boolean moved) {
    if (!moved) {
      throw new IllegalStateException("the database refused an end that the rules allow");
    }
  }

  /** Its first use may have been written since the facts were read: that takes no owner's lock. */
  private static Uni<Void> endLost(UUID secret, Instant at) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(END_UNUSED_SECRET, Boolean.class)
                    .setParameter("secret", secret)
                    .setParameter("at", at.toString())
                    .getSingleResult())
        .invoke(RotationWrites::requireUnused)
        .replaceWithVoid();
  }

  private static void requireUnused(boolean ended) {
    if (!ended) {
      throw Rotation.NEWER_IN_USE.toException();
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
