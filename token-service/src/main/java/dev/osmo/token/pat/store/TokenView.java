package dev.osmo.token.pat.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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

  private static final DateTimeFormatter ZONELESS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  public static TokenView of(TokenRow row) {
    return new TokenView(
        row.id(),
        row.userId(),
        row.name(),
        zoneless(row.expiresAt()),
        row.description(),
        row.roles(),
        row.createdAt(),
        row.lastUsedAt(),
        row.state(),
        row.state() == TokenState.REVOKED ? row.revokedBecause() : null);
  }

  public static String zoneless(Instant time) {
    return ZONELESS.format(time);
  }
}
