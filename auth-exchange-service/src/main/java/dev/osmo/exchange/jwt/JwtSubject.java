package dev.osmo.exchange.jwt;

import java.time.Instant;
import java.util.List;

/**
 * What a JWT will say.
 *
 * @param roles sorted
 * @param issuedAt the database's time of the read that these facts come from
 */
public record JwtSubject(
    String userId,
    String patId,
    String tokenName,
    List<String> roles,
    Instant issuedAt,
    Instant expiresAt) {

  public JwtSubject {
    roles = List.copyOf(roles);
  }
}
