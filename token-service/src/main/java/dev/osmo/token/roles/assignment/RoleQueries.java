package dev.osmo.token.roles.assignment;

import dev.osmo.token.paging.Page;
import dev.osmo.token.paging.PageRequest;
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
    return owners.find(userId).chain(owner -> assignments.heldBy(owner.id()));
  }

  @WithSession
  Uni<Page<Assignment>> holdersOf(RoleName role, PageRequest request) {
    return roles.requireExists(role).chain(() -> assignments.holdersOf(role, request));
  }
}
