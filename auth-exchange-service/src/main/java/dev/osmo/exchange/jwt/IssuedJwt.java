package dev.osmo.exchange.jwt;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;

/** What a JWT of ours says. True when it was signed; what is left of it must be read. */
public record IssuedJwt(
    String userId,
    String patId,
    UUID secretId,
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
        uuid(claims.getStringClaimValue("osmo_secret_id")),
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

  private static UUID uuid(@Nullable String text) {
    if (text == null) {
      throw new IllegalArgumentException("a JWT of ours names the secret it was made from");
    }
    return UUID.fromString(text);
  }

  private static Instant instant(NumericDate date) {
    if (date == null) {
      throw new IllegalArgumentException("a JWT of ours has all of its times");
    }
    return Instant.ofEpochSecond(date.getValue());
  }
}
