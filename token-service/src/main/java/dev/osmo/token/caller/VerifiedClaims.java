package dev.osmo.token.caller;

import java.util.List;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/**
 * The claims of a verified JWT. They authorise nothing by themselves: {@link CurrentPermissions}
 * reads which of them are still valid.
 */
public record VerifiedClaims(
    String userId, ClaimedLogin login, String jti, Set<String> roles, Validity validity) {

  public VerifiedClaims {
    roles = Set.copyOf(roles);
  }

  /**
   * Reads the claims of a verified JWT that has all of them.
   *
   * @throws MalformedClaimException when one of them has another type
   * @throws IllegalArgumentException when the id of the secret or of the session is not a UUID
   */
  static VerifiedClaims of(JwtClaims claims) throws MalformedClaimException {
    return new VerifiedClaims(
        claims.getStringClaimValue("sub"),
        ClaimedLogin.of(claims),
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
