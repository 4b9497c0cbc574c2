package dev.osmo.token.caller;

import java.util.Set;

/**
 * What a JWT says whose signature, issuer, audience, type and time are good. Not yet a right to
 * anything.
 */
public record VerifiedClaims(String userId, String patId, String jti, Set<String> roles) {

  public VerifiedClaims {
    roles = Set.copyOf(roles);
  }
}
