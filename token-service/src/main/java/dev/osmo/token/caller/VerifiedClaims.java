package dev.osmo.token.caller;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a JWT says whose signature, issuer, audience, type and time are good. Not yet a right to
 * anything.
 *
 * @param secretId which of the token's secrets was exchanged; empty when the exchange does not say
 */
public record VerifiedClaims(
    String userId, String patId, Optional<UUID> secretId, String jti, Set<String> roles) {

  public VerifiedClaims {
    roles = Set.copyOf(roles);
  }
}
