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

/** Use case: an administrator gives a role to one user or to many. */
@ApplicationScoped
class GrantRole {

  private final UserLocks owners;
  private final CurrentPermissions rights;
  private final Roles roles;
  private final Assignments assignments;

  GrantRole(UserLocks owners, CurrentPermissions rights, Roles roles, Assignments assignments) {
    this.owners = owners;
    this.rights = rights;
    this.roles = roles;
    this.assignments = assignments;
  }

  /** The assignment, also when it was there before. */
  @WithTransaction
  Uni<Assignment> toOne(CallerIdentity caller, String userId, RoleName role) {
    return owners
        .lock(userId)
        .chain(() -> rights.confirmAdministrator(caller))
        .call(() -> roles.demand(role))
        .chain(() -> assignments.grant(caller.actor(), userId, role))
        .chain(() -> assignments.of(userId, role));
  }

  @WithTransaction
  Uni<BulkGrant> toMany(CallerIdentity caller, Collection<String> userIds, RoleName role) {
    return owners
        .lockAll(userIds)
        .call(() -> rights.confirmAdministrator(caller))
        .call(() -> roles.demand(role))
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
