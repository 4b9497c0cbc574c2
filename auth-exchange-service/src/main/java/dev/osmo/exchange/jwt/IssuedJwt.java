package dev.osmo.exchange.jwt;

import java.time.Instant;
import java.util.List;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;

/** What a JWT of ours says. True when it was signed; what is left of it must be read. */
public record IssuedJwt(
    String userId,
    String patId,
    String jti,
    List<String> roles,
    String audience,
    Instant issuedAt,
    Instant notBefore,
    Instant expiresAt) {

  public IssuedJwt {
    if (userId == null || patId == null || jti == null || audience == null) {
      throw new IllegalArgumentException("a JWT of ours has all of its claims");
    }
    roles = List.copyOf(roles);
  }

  static IssuedJwt of(JwtClaims claims) throws MalformedClaimException {
    return new IssuedJwt(
        claims.getSubject(),
        claims.getStringClaimValue("pat_id"),
        claims.getJwtId(),
        claims.getStringListClaimValue("roles"),
        claims.getStringClaimValue("aud"),
        instant(claims.getIssuedAt()),
        instant(claims.getNotBefore()),
        instant(claims.getExpirationTime()));
  }

  /** No leeway: the clock that set these times is the one that judges them. */
  public boolean isInForceAt(Instant now) {
    return !now.isBefore(notBefore) && now.isBefore(expiresAt);
  }

  private static Instant instant(NumericDate date) {
    if (date == null) {
      throw new IllegalArgumentException("a JWT of ours has all of its times");
    }
    return Instant.ofEpochSecond(date.getValue());
  }
}
