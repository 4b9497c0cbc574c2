package dev.osmo.token.pat.store;

import dev.osmo.token.database.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token as the list statement reads it, with the database's time of the read. */
public record TokenRow(
    String id,
    String userId,
    String name,
    String description,
    Instant expiresAt,
    @Nullable Instant renewableUntil,
    Instant createdAt,
    String createdBy,
    @Nullable String parentId,
    TokenState state,
    @Nullable Instant lastUsedAt,
    @Nullable String revokedBecause,
    List<String> roles,
    Instant asOf) {

  /** The beginning of every statement that reads such rows. */
  public static final String SELECT =
      """
      SELECT t.id AS id, t.user_id AS user_id, t.name AS name, t.description AS description,
             t.expires_at AS expires_at, t.renewable_until AS renewable_until, t.created_at AS created_at,
             t.created_by AS created_by, t.parent_id AS parent_id, t.state AS state,
             (SELECT u.last_used_at FROM access_token_use u WHERE u.token_id = t.id) AS last_used_at,
             (SELECT s.reason FROM access_token_secret s
               WHERE s.token_id = t.id AND s.revoked_at IS NOT NULL
               ORDER BY s.revoked_at DESC, s.reason LIMIT 1) AS revoked_because,
             (SELECT string_agg(r.role_name, ',' ORDER BY r.role_name)
                FROM effective_roles(t.id, t.user_id) r) AS roles,
             statement_timestamp() AS as_of
        FROM access_token_with_roles t
      """;

  public static TokenRow of(Row row) {
    return new TokenRow(
        row.text("id"),
        row.text("user_id"),
        row.text("name"),
        row.text("description"),
        row.instant("expires_at"),
        row.instantOrNull("renewable_until"),
        row.instant("created_at"),
        row.text("created_by"),
        row.textOrNull("parent_id"),
        TokenState.of(row.text("state")),
        row.instantOrNull("last_used_at"),
        row.textOrNull("revoked_because"),
        row.texts("roles"),
        row.instant("as_of"));
  }
}
