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
 * Use case: an administrator removes a role from a user. The commit deletes the assignment, and the
 * user's tokens lose the role with it. The event in the same transaction prunes their snapshots
 * later.
 */
@ApplicationScoped
class RemoveRole {

  private final UserLocks owners;
  private final CurrentPermissions permissions;
  private final LastAdministrator lastAdministrator;
  private final Assignments assignments;

  RemoveRole(
      UserLocks owners,
      CurrentPermissions permissions,
      LastAdministrator lastAdministrator,
      Assignments assignments) {
    this.owners = owners;
    this.permissions = permissions;
    this.lastAdministrator = lastAdministrator;
    this.assignments = assignments;
  }

  /**
   * False, and changes nothing, when the user does not hold the role. The caller's own permissions
   * are read last: an administrator who lost the role while this waited for the lock removes
   * nothing.
   */
  @WithTransaction
  Uni<Boolean> remove(CallerIdentity caller, String userId, RoleName role) {
    return owners
        .lock(userId)
        .call(owner -> lastAdministrator.requireRemovable(owner.id(), role))
        .call(() -> permissions.confirmAdministrator(caller))
        .chain(owner -> assignments.remove(caller.actor(), owner.id(), role));
  }
}
