package dev.osmo.exchange.jwt;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The facts for the claims of a JWT.
 *
 * @param secretId which of the token's secrets was exchanged
 * @param roles sorted
 * @param audience null for the default audience
 * @param issuedAt the database time of the read that these facts come from
 */
public record JwtSubject(
    String userId,
    String patId,
    UUID secretId,
    String tokenName,
    List<String> roles,
    @Nullable String audience,
    Instant issuedAt,
    Instant expiresAt) {

  public JwtSubject {
    roles = List.copyOf(roles);
  }
}
