package dev.osmo.token.caller;

import java.time.Instant;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/**
 * When a JWT is valid, in seconds since 1970 as the JWT states them. The exchange takes these times
 * from the database's clock, so only that clock can judge them.
 */
record Validity(long notBefore, long issuedAt, long expiresAt) {

  private static final long LEEWAY_SECONDS = 5;

  static Validity of(JwtClaims claims) throws MalformedClaimException {
    return new Validity(
        claims.getNotBefore().getValue(),
        claims.getIssuedAt().getValue(),
        claims.getExpirationTime().getValue());
  }

  /**
   * Whether the JWT is valid at this time of the database, with {@value #LEEWAY_SECONDS} seconds of
   * leeway.
   */
  boolean includes(Instant databaseTime) {
    long now = databaseTime.getEpochSecond();
    return notBefore <= now + LEEWAY_SECONDS
        && issuedAt <= now + LEEWAY_SECONDS
        && expiresAt > now - LEEWAY_SECONDS;
  }
}
