package dev.osmo.client.verify;

import dev.osmo.client.verify.RefusedJwtException.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The claims of a JWT that was verified.
 *
 * @param subject the user
 * @param roles never empty; after introspection, the roles of that moment
 * @param id its {@code jti}, which the audit trail of osmo contains
 * @param claims all claims
 */
public record VerifiedJwt(
    String subject, Set<String> roles, Instant expiresAt, String id, Map<String, Object> claims) {

  public VerifiedJwt {
    roles = Set.copyOf(roles);
    claims = Map.copyOf(claims);
  }

  public boolean hasRole(String role) {
    return roles.contains(role);
  }

  /**
   * Requires a role.
   *
   * @throws RefusedJwtException with {@link Reason#ROLE_MISSING}
   */
  public void requireRole(String role) throws RefusedJwtException {
    if (!hasRole(role)) {
      throw new RefusedJwtException(Reason.ROLE_MISSING, "The JWT does not have the role " + role);
    }
  }

  /** The id of the access token; empty for a person who signed in through a provider. */
  public Optional<String> accessTokenId() {
    return claims.get("pat_id") instanceof String id ? Optional.of(id) : Optional.empty();
  }

  VerifiedJwt withRoles(Set<String> now) {
    return new VerifiedJwt(subject, now, expiresAt, id, claims);
  }
}
