package dev.osmo.token.caller;

import dev.osmo.token.audit.Actor;
import io.quarkus.security.identity.SecurityIdentity;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;

/**
 * The authenticated caller, whose permissions were read from the database for this request.
 *
 * @param claims the verified JWT
 * @param login the access token or the session that the JWT was issued for, usable when it was read
 * @param roles the JWT's roles that the login still has
 * @param downscoped whether the login has more roles than the JWT
 * @param asOf the database time of that read
 */
public record CallerIdentity(
    VerifiedClaims claims,
    Login login,
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

  /** The access token that was exchanged for the JWT; empty in a session. */
  public Optional<CallingPat> pat() {
    return login.pat();
  }

  /** The secret that was exchanged for the JWT; empty if the JWT names none. */
  public Optional<UUID> namedSecret() {
    return claims.login() instanceof ClaimedLogin.OfPat(String pat, Optional<UUID> secret)
        ? secret
        : Optional.empty();
  }

  public Actor actor() {
    return switch (login) {
      case CallingPat pat -> Actor.via(pat.id(), userId(), claims.jti(), requestId);
      case CallingSession session -> Actor.via(session.id(), userId(), claims.jti(), requestId);
    };
  }

  @Override
  public String getName() {
    return userId();
  }
}
