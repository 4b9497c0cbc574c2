package dev.osmo.token.users;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CurrentPermissions;
import dev.osmo.token.pat.lifecycle.EndWithOwner;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.RoleName;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;

/** Use cases: an administrator creates and deletes users. */
@ApplicationScoped
class ManageUsers {

  private final Users users;
  private final CurrentPermissions rights;
  private final UserRoles roles;
  private final EndWithOwner tokens;

  ManageUsers(Users users, CurrentPermissions rights, UserRoles roles, EndWithOwner tokens) {
    this.users = users;
    this.rights = rights;
    this.roles = roles;
    this.tokens = tokens;
  }

  @WithTransaction
  Uni<UserView> create(CallerIdentity caller, UserId id, Collection<RoleName> granted) {
    return rights
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
        .chain(() -> roles.mayEndWith(caller.actor(), id))
        .chain(() -> rights.confirmAdministrator(caller))
        .chain(() -> tokens.note(caller.actor(), id))
        .chain(() -> users.remove(caller.actor(), id));
  }

  private static void refuseUnless(boolean created, UserId id) {
    if (!created) {
      throw new Refusal(TokenProblem.USER_EXISTS, "User " + id + " already exists").toException();
    }
  }
}
