package dev.osmo.token.caller;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/**
 * The claims of a verified JWT. They authorise nothing by themselves: {@link CurrentPermissions}
 * reads which of them are still valid.
 *
 * @param secretId the secret that was exchanged; empty when the JWT does not name it
 */
public record VerifiedClaims(
    String userId,
    String patId,
    Optional<UUID> secretId,
    String jti,
    Set<String> roles,
    Validity validity) {

  public VerifiedClaims {
    roles = Set.copyOf(roles);
  }

  /**
   * Reads the claims of a verified JWT that has all of them.
   *
   * @throws MalformedClaimException when one of them has another type
   * @throws IllegalArgumentException when the id of the secret is not a UUID
   */
  static VerifiedClaims of(JwtClaims claims) throws MalformedClaimException {
    return new VerifiedClaims(
        claims.getStringClaimValue("sub"),
        claims.getStringClaimValue("pat_id"),
        Optional.ofNullable(claims.getStringClaimValue("osmo_secret_id")).map(UUID::fromString),
        claims.getStringClaimValue("jti"),
        roles(claims),
        Validity.of(claims));
  }

  private static Set<String> roles(JwtClaims claims) throws MalformedClaimException {
    List<String> roles = claims.getStringListClaimValue("roles");
    if (roles.contains(null)) {
      throw new MalformedClaimException("roles contains null");
    }
    return Set.copyOf(roles);
  }
}
