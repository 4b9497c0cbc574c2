package dev.osmo.token.roles.catalogue;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.audit.Actor;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CurrentPermissions;
import dev.osmo.token.paging.Page;
import dev.osmo.token.paging.PageRequest;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.Assignments;
import dev.osmo.token.roles.RoleName;
import dev.osmo.token.roles.UserLocks;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
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
  Uni<Page<RoleView>> list(PageRequest request) {
    return roles.views(request);
  }

  @WithSession
  Uni<RoleView> show(RoleName role) {
    return roles.view(role);
  }

  /** In the order of the names, so that two transactions cannot deadlock. */
  @WithTransaction
  Uni<List<RoleView>> define(
      CallerIdentity caller, List<RoleDefinition> definitions, RoleChange change) {
    return permissions
        .confirmAdministrator(caller)
        .onItem()
        .transformToMulti(
            confirmed ->
                Multi.createFrom()
                    .items(definitions.stream().sorted(Comparator.comparing(RoleDefinition::name))))
        .onItem()
        .transformToUniAndConcatenate(role -> defineOne(caller.actor(), role, change))
        .collect()
        .asList();
  }

  private Uni<RoleView> defineOne(Actor actor, RoleDefinition role, RoleChange change) {
    return roles
        .define(role)
        .call(() -> audit.append(actor, change.entry(AuditAction.ROLE_DEFINED, role.name())));
  }

  /**
   * Removes every assignment of the role with the same event as a single removal. Locks users
   * before the role's row, in the same order as a grant.
   */
  @WithTransaction
  Uni<Void> delete(CallerIdentity caller, RoleName role, RoleChange change) {
    if (role.equals(RoleName.ADMINISTRATOR)) {
      return ADMINISTRATOR_ROLE.toFailure();
    }
    return owners
        .lockHolders(role)
        .call(() -> permissions.confirmAdministrator(caller))
        .call(() -> roles.requireExists(role))
        .chain(() -> assignments.removeFromAll(caller.actor(), role))
        .chain(() -> roles.delete(role))
        .chain(() -> audit.append(caller.actor(), change.entry(AuditAction.ROLE_DELETED, role)));
  }
}
