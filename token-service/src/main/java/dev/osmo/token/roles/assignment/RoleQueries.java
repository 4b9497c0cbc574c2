package dev.osmo.token.roles.assignment;

import dev.osmo.token.roles.Assignment;
import dev.osmo.token.roles.Assignments;
import dev.osmo.token.roles.RoleName;
import dev.osmo.token.roles.UserLocks;
import dev.osmo.token.roles.catalogue.Roles;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Use cases: which roles a user holds, and which users hold a role. */
@ApplicationScoped
class RoleQueries {

  private final Assignments assignments;
  private final Roles roles;
  private final UserLocks owners;

  RoleQueries(Assignments assignments, Roles roles, UserLocks owners) {
    this.assignments = assignments;
    this.roles = roles;
    this.owners = owners;
  }

  @WithSession
  Uni<List<Assignment>> heldBy(String userId) {
    return owners.find(userId).chain(() -> assignments.heldBy(userId));
  }

  @WithSession
  Uni<List<Assignment>> holdersOf(RoleName role) {
    return roles.requireExists(role).chain(() -> assignments.holdersOf(role));
  }
}
