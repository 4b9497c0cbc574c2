package dev.osmo.token.users;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CurrentPermissions;
import dev.osmo.token.pat.lifecycle.OwnerDeletion;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.RoleName;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;

/**
 * Use cases: an administrator creates, disables, enables and deletes users. Disabling keeps the
 * user's tokens and roles; none of them can be used until the user is enabled again.
 */
@ApplicationScoped
class ManageUsers {

  private final Users users;
  private final CurrentPermissions permissions;
  private final UserRoles roles;
  private final OwnerDeletion tokens;

  ManageUsers(Users users, CurrentPermissions permissions, UserRoles roles, OwnerDeletion tokens) {
    this.users = users;
    this.permissions = permissions;
    this.roles = roles;
    this.tokens = tokens;
  }

  @WithTransaction
  Uni<UserView> create(CallerIdentity caller, UserId id, Collection<RoleName> granted) {
    return permissions
        .confirmAdministrator(caller)
        .chain(() -> users.create(caller.actor(), id))
        .invoke(created -> refuseUnless(created, id))
        .chain(() -> roles.grantAll(caller.actor(), id.value(), granted))
        .chain(() -> users.view(id.value()));
  }

  @WithTransaction
  Uni<Void> delete(CallerIdentity caller, String id) {
    return roles
        .lock(id)
        .call(user -> roles.prepareDeletion(caller.actor(), user.id()))
        .call(() -> permissions.confirmAdministrator(caller))
        .call(user -> tokens.recordDeletion(caller.actor(), user.id()))
        .chain(user -> users.remove(caller.actor(), user.id()));
  }

  /** Changes nothing when the user is disabled already. */
  @WithTransaction
  Uni<UserView> disable(CallerIdentity caller, String id) {
    return roles
        .lock(id)
        .call(
            user ->
                user.disabled()
                    ? Uni.createFrom().voidItem()
                    : roles.requireNotLastAdministrator(user.id()))
        .call(() -> permissions.confirmAdministrator(caller))
        .call(user -> users.disable(caller.actor(), new UserId(user.id())))
        .chain(user -> users.view(user.id()));
  }

  /**
   * Changes nothing when no administrator has disabled the user, so that a repeated request has no
   * other effect than the first one.
   *
   * @param overruleDirectory enables the user also if the directory has disabled the user
   */
  @WithTransaction
  Uni<UserView> enable(CallerIdentity caller, String id, boolean overruleDirectory) {
    return roles
        .lock(id)
        .call(() -> permissions.confirmAdministrator(caller))
        .call(
            user ->
                overruleDirectory
                    ? users.enableForAll(caller.actor(), new UserId(user.id()))
                    : users.enable(caller.actor(), new UserId(user.id())))
        .chain(user -> users.view(user.id()));
  }

  private static void refuseUnless(boolean created, UserId id) {
    if (!created) {
      throw new Refusal(TokenProblem.USER_EXISTS, "User " + id + " already exists").toException();
    }
  }
}
