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
    Origin origin,
    String jti,
    List<String> roles,
    String audience,
    Instant issuedAt,
    Instant notBefore,
    Instant expiresAt) {

  /** What the JWT was issued for, by its ids. */
  public sealed interface Origin {

    record OfPat(String patId, UUID secretId) implements Origin {}

    record OfSession(UUID sessionId) implements Origin {}
  }

  public IssuedJwt {
    if (userId == null || jti == null || audience == null) {
      throw new IllegalArgumentException("a claim is missing");
    }
    roles = List.copyOf(roles);
  }

  static IssuedJwt of(JwtClaims claims) throws MalformedClaimException {
    return new IssuedJwt(
        claims.getSubject(),
        origin(
            claims.getStringClaimValue("pat_id"),
            claims.getStringClaimValue("osmo_secret_id"),
            claims.getStringClaimValue("sid")),
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

  private static Origin origin(
      @Nullable String patId, @Nullable String secretId, @Nullable String sessionId) {
    if (patId != null && secretId != null && sessionId == null) {
      return new Origin.OfPat(patId, UUID.fromString(secretId));
    }
    if (patId == null && secretId == null && sessionId != null) {
      return new Origin.OfSession(UUID.fromString(sessionId));
    }
    throw new IllegalArgumentException("the claims are of neither a token nor a session");
  }

  private static Instant instant(NumericDate date) {
    if (date == null) {
      throw new IllegalArgumentException("a time is missing");
    }
    return Instant.ofEpochSecond(date.getValue());
  }
}
