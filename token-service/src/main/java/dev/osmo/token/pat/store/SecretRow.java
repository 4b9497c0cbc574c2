package dev.osmo.token.pat.store;

import dev.osmo.token.database.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of a token's secrets, without its lookup and hash.
 *
 * @param validUntil null if it is valid as long as its token, which is true only of the newest
 * @param live at the time of the statement that read it
 */
public record SecretRow(
    UUID id,
    Instant createdAt,
    @Nullable Instant firstUsedAt,
    @Nullable Instant validUntil,
    @Nullable Instant revokedAt,
    boolean live) {

  static SecretRow of(Row row) {
    return new SecretRow(
        row.uuid("id"),
        row.instant("created_at"),
        row.instantOrNull("first_used_at"),
        row.instantOrNull("valid_until"),
        row.instantOrNull("revoked_at"),
        row.flag("live"));
  }
}
