package dev.osmo.token.pat.store;

import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of a token's secrets, without what is secret.
 *
 * @param validUntil null: as long as the token, which only the newest has
 */
public record SecretRow(
    UUID id,
    Instant createdAt,
    @Nullable Instant firstUsedAt,
    @Nullable Instant validUntil,
    @Nullable Instant revokedAt) {

  public static SecretRow of(Tuple row) {
    return new SecretRow(
        row.get("id", UUID.class),
        row.get("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "first_used_at"),
        instant(row, "valid_until"),
        instant(row, "revoked_at"));
  }

  public boolean isLive(Instant now) {
    return revokedAt == null && (validUntil == null || validUntil.isAfter(now));
  }

  public static @Nullable Instant instant(Tuple row, String column) {
    OffsetDateTime time = row.get(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
