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
    Instant createdAt,
    boolean suspended,
    boolean hasLiveSecret,
    List<String> roles,
    Instant asOf) {

  static TokenRow of(Tuple row) {
    return new TokenRow(
        row.get("id", String.class),
        row.get("user_id", String.class),
        row.get("name", String.class),
        row.get("description", String.class),
        row.get("expires_at", OffsetDateTime.class).toInstant(),
        row.get("created_at", OffsetDateTime.class).toInstant(),
        row.get("suspended", Boolean.class),
        row.get("has_live_secret", Boolean.class),
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
