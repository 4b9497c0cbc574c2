package dev.osmo.token.pat.store;

import dev.osmo.token.database.Row;
import dev.osmo.token.json.OsmoTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token as clients see it in a list. {@code expiresAt} is UTC without a zone, as existing clients
 * read it.
 *
 * @param reason why it was revoked, if a reason was given
 */
public record TokenView(
    String id,
    String userName,
    String tokenName,
    String expiresAt,
    String description,
    List<String> roles,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    TokenState state,
    @Nullable String reason) {

  /** A row of a list, whose reason is null unless the token is revoked. */
  public static TokenView of(Row row) {
    return new TokenView(
        row.text("id"),
        row.text("user_id"),
        row.text("name"),
        OsmoTime.zoneless(row.instant("expires_at")),
        row.text("description"),
        row.texts("roles"),
        row.instant("created_at"),
        row.instantOrNull("last_used_at"),
        TokenState.of(row.text("state")),
        row.textOrNull("revoked_because"));
  }

  public static TokenView of(TokenRow row) {
    return new TokenView(
        row.id(),
        row.userId(),
        row.name(),
        OsmoTime.zoneless(row.expiresAt()),
        row.description(),
        row.roles(),
        row.createdAt(),
        row.lastUsedAt(),
        row.state(),
        row.state() == TokenState.REVOKED ? row.revokedBecause() : null);
  }
}
