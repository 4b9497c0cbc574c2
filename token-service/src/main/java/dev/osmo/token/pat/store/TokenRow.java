package dev.osmo.token.pat.store;

import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token as the list statement reads it, with the database's time of the reading. */
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
    boolean suspended,
    boolean hasLiveSecret,
    @Nullable Instant lastUsedAt,
    @Nullable String revokedBecause,
    List<String> roles,
    Instant asOf) {

  /** The beginning of every statement that reads such rows from {@code access_token t}. */
  public static final String SELECT =
      """
      SELECT t.id AS id, t.user_id AS user_id, t.name AS name, t.description AS description,
             t.expires_at AS expires_at, t.renewable_until AS renewable_until, t.created_at AS created_at,
             t.created_by AS created_by, t.parent_id AS parent_id, t.suspended_at IS NOT NULL AS suspended,
             EXISTS (SELECT FROM access_token_secret s
                      WHERE s.token_id = t.id AND s.revoked_at IS NULL
                        AND (s.valid_until IS NULL OR s.valid_until > clock_timestamp())) AS has_live_secret,
             (SELECT u.last_used_at FROM access_token_use u WHERE u.token_id = t.id) AS last_used_at,
             (SELECT s.reason FROM access_token_secret s
               WHERE s.token_id = t.id AND s.revoked_at IS NOT NULL
               ORDER BY s.revoked_at DESC, s.reason LIMIT 1) AS revoked_because,
             (SELECT string_agg(a.role_name, ',' ORDER BY a.role_name)
                FROM access_token_role r
                JOIN role_assignment a ON a.id = r.assignment_id AND a.user_id = t.user_id
               WHERE r.token_id = t.id) AS roles,
             clock_timestamp() AS as_of
      """;

  public static TokenRow of(Tuple row) {
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

  public TokenState state() {
    return TokenState.of(hasLiveSecret, suspended, expiresAt, asOf);
  }

  /** A role's name cannot hold a comma. */
  private static List<String> split(@Nullable String roles) {
    return roles == null ? List.of() : List.of(roles.split(","));
  }
}
