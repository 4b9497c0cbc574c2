package dev.osmo.token.pat;

import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token as the list statement reads it, with the database's time of the reading. */
record TokenRow(
    String id,
    String userId,
    String name,
    String description,
    Instant expiresAt,
    @Nullable Instant renewableUntil,
    Instant createdAt,
    String createdBy,
    @Nullable String parentId,
    boolean suspended,
    boolean hasLiveSecret,
    @Nullable Instant lastUsedAt,
    @Nullable String revokedBecause,
    List<String> roles,
    Instant asOf) {

  static TokenRow of(Tuple row) {
    return new TokenRow(
        row.get("id", String.class),
        row.get("user_id", String.class),
        row.get("name", String.class),
        row.get("description", String.class),
        row.get("expires_at", OffsetDateTime.class).toInstant(),
        SecretRow.instant(row, "renewable_until"),
        row.get("created_at", OffsetDateTime.class).toInstant(),
        row.get("created_by", String.class),
        row.get("parent_id", String.class),
        row.get("suspended", Boolean.class),
        row.get("has_live_secret", Boolean.class),
        SecretRow.instant(row, "last_used_at"),
        row.get("revoked_because", String.class),
        split(row.get("roles", String.class)),
        row.get("as_of", OffsetDateTime.class).toInstant());
  }

  TokenState state() {
    return TokenState.of(hasLiveSecret, suspended, expiresAt, asOf);
  }

  /** A role's name cannot hold a comma. */
  private static List<String> split(@Nullable String roles) {
    return roles == null ? List.of() : List.of(roles.split(","));
  }
}
