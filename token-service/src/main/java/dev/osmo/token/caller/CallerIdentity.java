package dev.osmo.token.caller;

import dev.osmo.token.audit.Actor;
import io.quarkus.security.identity.SecurityIdentity;
import java.security.Principal;
import java.time.Instant;
import java.util.SortedSet;

/**
 * The authenticated caller, whose permissions were read from the database for this request.
 *
 * @param claims the verified JWT
 * @param pat the access token that was exchanged for the JWT, active when it was read
 * @param roles the JWT's roles that the access token still carries and its owner still holds
 * @param downscoped whether the access token carries more roles than the JWT
 * @param asOf the database time of that read
 */
public record CallerIdentity(
    VerifiedClaims claims,
    CallingPat pat,
    SortedSet<String> roles,
    boolean downscoped,
    Instant asOf,
    String requestId)
    implements Principal {

  public static final String ADMINISTRATOR = "osmo-admin";

  public static CallerIdentity of(SecurityIdentity identity) {
    return identity.getPrincipal(CallerIdentity.class);
  }

  public String userId() {
    return claims.userId();
  }

  public boolean isAdministrator() {
    return roles.contains(ADMINISTRATOR);
  }

  /** Fails with a refusal for a downscoped JWT, which must not create a secret. */
  public void requireMayCreateSecrets() {
    if (downscoped) {
      throw AccessRefusals.DOWNSCOPED.toException();
    }
  }

  public Actor actor() {
    return new Actor(userId(), pat.id(), claims.jti(), requestId);
  }

  @Override
  public String getName() {
    return userId();
  }
}
