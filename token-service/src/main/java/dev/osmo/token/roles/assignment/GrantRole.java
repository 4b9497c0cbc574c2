package dev.osmo.token.roles.assignment;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CurrentPermissions;
import dev.osmo.token.roles.Assignment;
import dev.osmo.token.roles.Assignments;
import dev.osmo.token.roles.Owner;
import dev.osmo.token.roles.RoleName;
import dev.osmo.token.roles.UserLocks;
import dev.osmo.token.roles.catalogue.Roles;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Use case: an administrator grants a role to one or many users. */
@ApplicationScoped
class GrantRole {

  private final UserLocks owners;
  private final CurrentPermissions permissions;
  private final Roles roles;
  private final Assignments assignments;

  GrantRole(
      UserLocks owners, CurrentPermissions permissions, Roles roles, Assignments assignments) {
    this.owners = owners;
    this.permissions = permissions;
    this.roles = roles;
    this.assignments = assignments;
  }

  /** Returns the assignment, also when it existed before. */
  @WithTransaction
  Uni<Assignment> toOne(CallerIdentity caller, String userId, RoleName role) {
    return owners
        .lock(userId)
        .call(() -> permissions.confirmAdministrator(caller))
        .call(() -> roles.requireExists(role))
        .call(owner -> assignments.grant(caller.actor(), owner.id(), role))
        .chain(owner -> assignments.of(owner.id(), role));
  }

  @WithTransaction
  Uni<BulkGrant> toMany(CallerIdentity caller, Collection<String> userIds, RoleName role) {
    return owners
        .lockAll(userIds)
        .call(() -> permissions.confirmAdministrator(caller))
        .call(() -> roles.requireExists(role))
        .chain(found -> grantEach(caller, found, role))
        .map(grants -> BulkGrant.of(role, new TreeSet<>(userIds), grants));
  }

  private Uni<List<BulkGrant.One>> grantEach(
      CallerIdentity caller, List<Owner> found, RoleName role) {
    return Multi.createFrom()
        .iterable(found)
        .onItem()
        .transformToUniAndConcatenate(
            owner ->
                assignments
                    .grant(caller.actor(), owner.id(), role)
                    .map(granted -> new BulkGrant.One(owner.id(), granted)))
        .collect()
        .asList();
  }
}
