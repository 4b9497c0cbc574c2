package dev.osmo.exchange.pat;

import dev.osmo.pat.PatId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored token that a presented credential belongs to, as of one statement.
 *
 * @param roles names of the roles that are in the token's snapshot and still assigned to its owner,
 *     sorted
 * @param readAt the database time of that statement
 */
public record StoredPat(
    PatId id,
    String name,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant suspendedAt,
    StoredCredential credential,
    Owner owner,
    List<String> roles,
    Instant readAt) {

  public StoredPat {
    roles = List.copyOf(roles);
  }

  /** When the presented credential expires at the latest. */
  public Instant end() {
    Instant graceEnd = credential.validUntil();
    return graceEnd != null && graceEnd.isBefore(expiresAt) ? graceEnd : expiresAt;
  }

  /**
   * The owner of the token.
   *
   * @param signInDueAt when the owner must have signed in again; null without a limit
   */
  public record Owner(String userId, @Nullable Instant disabledAt, @Nullable Instant signInDueAt) {}
}
