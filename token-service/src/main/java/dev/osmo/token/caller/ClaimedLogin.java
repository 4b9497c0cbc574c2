package dev.osmo.token.caller;

import java.util.Optional;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/** The login that a verified JWT names. Whether it can still be used is not known yet. */
sealed interface ClaimedLogin {

  /**
   * An access token.
   *
   * @param secretId the secret that was exchanged; empty when the JWT does not name it
   */
  record OfPat(String id, Optional<UUID> secretId) implements ClaimedLogin {}

  /** A sign-in session. */
  record OfSession(UUID id) implements ClaimedLogin {}

  /**
   * Reads {@code pat_id} or {@code sid}: a JWT has exactly one of them.
   *
   * @throws MalformedClaimException when it has none, both, or a value of another type
   * @throws IllegalArgumentException when an id is not a UUID
   */
  static ClaimedLogin of(JwtClaims claims) throws MalformedClaimException {
    String pat = claims.getStringClaimValue("pat_id");
    String session = claims.getStringClaimValue("sid");
    String secret = claims.getStringClaimValue("osmo_secret_id");
    if (pat != null && session == null) {
      return new OfPat(pat, Optional.ofNullable(secret).map(UUID::fromString));
    }
    if (pat == null && session != null && secret == null) {
      return new OfSession(UUID.fromString(session));
    }
    throw new MalformedClaimException("a JWT names either an access token or a session");
  }
}
