package dev.osmo.token.roles.assignment;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CurrentPermissions;
import dev.osmo.token.roles.Assignments;
import dev.osmo.token.roles.LastAdministrator;
import dev.osmo.token.roles.RoleName;
import dev.osmo.token.roles.UserLocks;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Use case: an administrator takes a role from a user. The assignment's row is gone at the commit,
 * and with it the role from every token of that user; the event in the same transaction has the
 * snapshots pruned.
 */
@ApplicationScoped
public class RemoveRole {

  private final UserLocks owners;
  private final CurrentPermissions rights;
  private final LastAdministrator lastAdministrator;
  private final Assignments assignments;

  RemoveRole(
      UserLocks owners,
      CurrentPermissions rights,
      LastAdministrator lastAdministrator,
      Assignments assignments) {
    this.owners = owners;
    this.rights = rights;
    this.lastAdministrator = lastAdministrator;
    this.assignments = assignments;
  }

  /**
   * Nothing changes when the user does not hold the role. The caller's own right is read last: an
   * administrator who was unseated while this waited removes nobody.
   */
  @WithTransaction
  public Uni<Void> remove(CallerIdentity caller, String userId, RoleName role) {
    return owners
        .lock(userId)
        .chain(() -> lastAdministrator.guard(userId, role))
        .chain(() -> rights.confirmAdministrator(caller))
        .chain(() -> assignments.remove(caller.actor(), userId, role))
        .replaceWithVoid();
  }
}
