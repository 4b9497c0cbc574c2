package dev.osmo.exchange.jwt;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a JWT will say.
 *
 * @param secretId which of the token's secrets was exchanged
 * @param roles sorted
 * @param audience for whom, when not for us
 * @param issuedAt the database's time of the read that these facts come from
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
