package dev.osmo.exchange.jwt;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a verified JWT. Its roles are those at the time of signing; the current roles must
 * be read.
 */
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
      throw new IllegalArgumentException("a claim is missing");
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

  /** Without leeway: the same clock, that of the database, set these times. */
  public boolean isInForceAt(Instant now) {
    return !now.isBefore(notBefore) && now.isBefore(expiresAt);
  }

  private static UUID uuid(@Nullable String text) {
    if (text == null) {
      throw new IllegalArgumentException("the claim osmo_secret_id is missing");
    }
    return UUID.fromString(text);
  }

  private static Instant instant(NumericDate date) {
    if (date == null) {
      throw new IllegalArgumentException("a time is missing");
    }
    return Instant.ofEpochSecond(date.getValue());
  }
}
