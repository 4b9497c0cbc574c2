package dev.osmo.exchange.jwt;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts for the claims of a JWT.
 *
 * @param roles sorted
 * @param audience null for the default audience
 * @param issuedAt the database time of the read that these facts come from
 */
public record JwtSubject(
    String userId,
    JwtOrigin origin,
    List<String> roles,
    @Nullable String audience,
    Instant issuedAt,
    Instant expiresAt) {

  public JwtSubject {
    roles = List.copyOf(roles);
  }
}
