package dev.osmo.exchange.pat;

import dev.osmo.pat.PatId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the database knew, at one moment, about the token that a lookup belongs to.
 *
 * @param roles names of the roles that are in the token's snapshot and still assigned to its owner,
 *     sorted
 * @param readAt the database's time of the statement that read all this
 */
public record StoredPat(
    PatId id,
    String name,
    Instant expiresAt,
    @Nullable Instant suspendedAt,
    StoredSecret secret,
    Owner owner,
    List<String> roles,
    Instant readAt) {

  public StoredPat {
    roles = List.copyOf(roles);
  }

  /** When the presented secret ends at the latest. */
  public Instant end() {
    Instant graceEnd = secret.validUntil();
    return graceEnd != null && graceEnd.isBefore(expiresAt) ? graceEnd : expiresAt;
  }

  /** Whose token it is. */
  public record Owner(String userId, @Nullable Instant disabledAt) {}
}
