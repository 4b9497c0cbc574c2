package dev.osmo.token.users;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CurrentPermissions;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Use cases: an administrator shuts a user out, and lets the user in again. Tokens and roles stay
 * as they are; while the user is disabled none of them opens anything.
 */
@ApplicationScoped
class DisableUser {

  private final Users users;
  private final UserRoles roles;
  private final CurrentPermissions rights;

  DisableUser(Users users, UserRoles roles, CurrentPermissions rights) {
    this.users = users;
    this.roles = roles;
    this.rights = rights;
  }

  /** Nothing changes when the user is disabled already. */
  @WithTransaction
  Uni<UserView> disable(CallerIdentity caller, String id) {
    return roles
        .lock(id)
        .chain(user -> user.disabled() ? done() : roles.mayLeave(id))
        .chain(() -> rights.confirmAdministrator(caller))
        .chain(() -> users.disable(caller.actor(), new UserId(id)))
        .chain(() -> users.view(id));
  }

  /** Nothing changes when the user is enabled already. */
  @WithTransaction
  Uni<UserView> enable(CallerIdentity caller, String id) {
    return roles
        .lock(id)
        .chain(() -> rights.confirmAdministrator(caller))
        .chain(() -> users.enable(caller.actor(), new UserId(id)))
        .chain(() -> users.view(id));
  }

  private static Uni<Void> done() {
    return Uni.createFrom().voidItem();
  }
}
