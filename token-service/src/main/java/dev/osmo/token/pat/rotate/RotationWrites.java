package dev.osmo.token.pat.rotate;

import dev.osmo.token.database.NativeQuery;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/**
 * The changes of a rotation, in the caller's transaction. Each is a database function that contains
 * its rule, because this service has no other right to change these rows.
 */
@ApplicationScoped
class RotationWrites {

  private static final String END_SECRET =
      "SELECT 1 FROM end_secret(:secret, CAST(CAST(:at AS text) AS timestamptz))";
  private static final String END_UNUSED_SECRET =
      "SELECT end_unused_secret(:secret, CAST(CAST(:at AS text) AS timestamptz))";
  private static final String MOVE_EXPIRY =
      "SELECT move_expiry(:token, CAST(CAST(:at AS text) AS timestamptz))";

  /** Expires at most one of the two secrets and keeps the other. */
  Uni<Void> endReplaced(Rotation rotation) {
    Instant now = rotation.token().asOf();
    return rotation
        .unused()
        .map(secret -> endLost(secret, now))
        .or(() -> rotation.superseded().map(secret -> endSecret(secret, now)))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  Uni<Void> endAfterGrace(Rotation rotation) {
    return endSecret(rotation.kept(), rotation.oldSecretValidUntil());
  }

  Uni<Void> moveExpiry(Rotation rotation) {
    if (!rotation.movesExpiry()) {
      return Uni.createFrom().voidItem();
    }
    return NativeQuery.of(MOVE_EXPIRY)
        .with("token", rotation.token().id())
        .with("at", rotation.expiresAt().toString())
        .single(Boolean.class)
        .invoke(RotationWrites::requireMoved)
        .replaceWithVoid();
  }

  private static void requireMoved(boolean moved) {
    if (!moved) {
      throw new IllegalStateException("the database rejected an expiry that the rules allow");
    }
  }

  /**
   * The first use may be recorded after the facts were read, because recording takes no lock on the
   * owner.
   */
  private static Uni<Void> endLost(UUID secret, Instant at) {
    return NativeQuery.of(END_UNUSED_SECRET)
        .with("secret", secret)
        .with("at", at.toString())
        .single(Boolean.class)
        .invoke(RotationWrites::requireUnused)
        .replaceWithVoid();
  }

  private static void requireUnused(boolean ended) {
    if (!ended) {
      throw Rotation.NEWER_IN_USE.toException();
    }
  }

  private static Uni<Void> endSecret(UUID secret, Instant at) {
    return NativeQuery.of(END_SECRET)
        .with("secret", secret)
        .with("at", at.toString())
        .single(Integer.class)
        .replaceWithVoid();
  }
}
