package dev.osmo.token.roles.catalogue;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.audit.Actor;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CurrentPermissions;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.Assignment;
import dev.osmo.token.roles.Assignments;
import dev.osmo.token.roles.Owner;
import dev.osmo.token.roles.RoleName;
import dev.osmo.token.roles.UserLocks;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Use cases: an administrator defines, describes and deletes roles. */
@ApplicationScoped
class RoleCatalogue {

  private static final Refusal ADMINISTRATOR_ROLE =
      new Refusal(
          TokenProblem.LAST_ADMINISTRATOR,
          "The role osmo-admin cannot be deleted, because no administrator would remain.");

  private final Roles roles;
  private final Assignments assignments;
  private final UserLocks owners;
  private final CurrentPermissions permissions;
  private final AuditLog audit;

  RoleCatalogue(
      Roles roles,
      Assignments assignments,
      UserLocks owners,
      CurrentPermissions permissions,
      AuditLog audit) {
    this.roles = roles;
    this.assignments = assignments;
    this.owners = owners;
    this.permissions = permissions;
    this.audit = audit;
  }

  @WithSession
  Uni<List<RoleView>> list() {
    return roles.views();
  }

  @WithSession
  Uni<RoleView> show(RoleName role) {
    return roles.view(role);
  }

  @WithTransaction
  Uni<RoleView> define(CallerIdentity caller, RoleName role, RoleDescription description) {
    return permissions
        .confirmAdministrator(caller)
        .chain(() -> roles.define(role, description.text()))
        .chain(
            () ->
                audit.append(
                    caller.actor(),
                    AuditEntry.ofRole(AuditAction.ROLE_DEFINED, null, role.value())))
        .replaceWith(() -> new RoleView(role.value(), description.text()));
  }

  /** Removes every assignment of the role with the same event as a single removal. */
  @WithTransaction
  Uni<Void> delete(CallerIdentity caller, RoleName role) {
    if (role.equals(RoleName.ADMINISTRATOR)) {
      return ADMINISTRATOR_ROLE.toFailure();
    }
    return lockHolders(role)
        .call(() -> permissions.confirmAdministrator(caller))
        .call(() -> roles.requireExists(role))
        .chain(holders -> removeFromEach(caller.actor(), holders, role))
        .chain(() -> assignments.nameTheActor(caller.actor()))
        .chain(() -> roles.delete("name = ?1", role.value()))
        .chain(
            () ->
                audit.append(
                    caller.actor(),
                    AuditEntry.ofRole(AuditAction.ROLE_DELETED, null, role.value())));
  }

  /** One by one, so that the audit trail has an event for each user. */
  private Uni<Void> removeFromEach(Actor actor, List<Owner> holders, RoleName role) {
    return Multi.createFrom()
        .iterable(holders)
        .onItem()
        .transformToUniAndConcatenate(holder -> assignments.remove(actor, holder.id(), role))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** Locks users before the role's row, in the same order as a grant. */
  private Uni<List<Owner>> lockHolders(RoleName role) {
    return assignments
        .holdersOf(role)
        .chain(held -> owners.lockAll(held.stream().map(Assignment::userId).toList()));
  }
}
