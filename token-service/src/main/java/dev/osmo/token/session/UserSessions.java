package dev.osmo.token.session;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CurrentPermissions;
import dev.osmo.token.input.AsciiCase;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.Owner;
import dev.osmo.token.roles.UserLocks;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Use cases: users view and end their sessions, and administrators those of every user. A session
 * that has ended or expired is the same as one that never existed.
 */
@ApplicationScoped
class UserSessions {

  private static final Refusal NOT_FOUND =
      new Refusal(TokenProblem.SESSION_NOT_FOUND, "The session does not exist, or has ended.");

  private final UserLocks owners;
  private final CurrentPermissions permissions;
  private final LoginSessions sessions;

  UserSessions(UserLocks owners, CurrentPermissions permissions, LoginSessions sessions) {
    this.owners = owners;
    this.permissions = permissions;
    this.sessions = sessions;
  }

  @WithSession
  Uni<List<SessionDetails>> list(CallerIdentity caller, String ownerId) {
    return owners
        .find(ownerId)
        .chain(owner -> sessions.of(owner.id()))
        .map(found -> found.stream().map(each -> SessionDetails.of(each, caller)).toList());
  }

  @WithTransaction
  Uni<Void> end(CallerIdentity caller, String ownerId, UUID session) {
    return lock(caller, ownerId)
        .chain(owner -> sessions.end(caller.actor(), owner.id(), session, reason(caller, owner)))
        .invoke(UserSessions::requireEnded)
        .replaceWithVoid();
  }

  /** Returns how many were ended, also that of the caller. */
  @WithTransaction
  Uni<Integer> endAll(CallerIdentity caller, String ownerId) {
    return lock(caller, ownerId)
        .chain(owner -> sessions.endAll(caller.actor(), owner.id(), reason(caller, owner)));
  }

  /** The caller may have lost the role, or the login, since the request began. */
  private Uni<Owner> lock(CallerIdentity caller, String ownerId) {
    return owners
        .lock(ownerId)
        .call(
            owner ->
                isOwn(caller, owner)
                    ? permissions.confirm(caller)
                    : permissions.confirmAdministrator(caller));
  }

  private static boolean isOwn(CallerIdentity caller, Owner owner) {
    return AsciiCase.equal(caller.userId(), owner.id());
  }

  private static String reason(CallerIdentity caller, Owner owner) {
    return isOwn(caller, owner) ? "ended by the user" : "ended by an administrator";
  }

  private static void requireEnded(boolean ended) {
    if (!ended) {
      throw NOT_FOUND.toException();
    }
  }
}
