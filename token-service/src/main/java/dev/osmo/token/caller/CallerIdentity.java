package dev.osmo.token.caller;

import dev.osmo.token.audit.Actor;
import io.quarkus.security.identity.SecurityIdentity;
import java.security.Principal;
import java.time.Instant;
import java.util.SortedSet;

/**
 * A caller whose rights were read from the database for this request.
 *
 * @param claims the verified JWT
 * @param pat the token behind the login, alive when it was read
 * @param roles those of the JWT that the token still carries and its owner still holds
 * @param downscoped the token carries more than the JWT
 * @param asOf the database's time of that reading
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

  /** Fails with a refusal: a JWT with less than its token has makes no secret at all. */
  public void requireMayMakeSecrets() {
    if (downscoped) {
      throw BearerRefusals.DOWNSCOPED.toException();
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
