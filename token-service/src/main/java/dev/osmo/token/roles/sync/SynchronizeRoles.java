package dev.osmo.token.roles.sync;

import dev.osmo.token.audit.Actor;
import dev.osmo.token.roles.Assignment;
import dev.osmo.token.roles.Assignments;
import dev.osmo.token.roles.LastAdministrator;
import dev.osmo.token.roles.RoleName;
import dev.osmo.token.roles.catalogue.Roles;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Grants and removes what {@link RoleSync} decides. Needs the user's lock. */
@ApplicationScoped
public class SynchronizeRoles {

  private final Roles catalogue;
  private final Assignments assignments;
  private final LastAdministrator lastAdministrator;

  SynchronizeRoles(Roles catalogue, Assignments assignments, LastAdministrator lastAdministrator) {
    this.catalogue = catalogue;
    this.assignments = assignments;
    this.lastAdministrator = lastAdministrator;
  }

  /**
   * Changes the roles of the user as the groups require. The last enabled administrator keeps that
   * role: without one, nobody could correct a wrong mapping.
   *
   * @return the roles that were kept although the groups do not give them
   */
  public Uni<List<RoleName>> run(Actor actor, String userId, Collection<String> groups) {
    return catalogue
        .synchronizedRoles()
        .chain(
            roles ->
                assignments
                    .heldBy(userId)
                    .map(
                        held ->
                            RoleSync.decide(
                                roles,
                                held.stream().map(Assignment::role).collect(Collectors.toSet()),
                                groups)))
        .call(sync -> grantAll(actor, userId, sync.toGrant()))
        .chain(sync -> removeAll(actor, userId, sync.toRemove()));
  }

  private Uni<Void> grantAll(Actor actor, String userId, List<RoleName> roles) {
    return Multi.createFrom()
        .iterable(roles)
        .onItem()
        .transformToUniAndConcatenate(role -> assignments.grant(actor, userId, role))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<List<RoleName>> removeAll(Actor actor, String userId, List<RoleName> roles) {
    return Multi.createFrom()
        .iterable(roles)
        .onItem()
        .transformToUniAndConcatenate(role -> isKept(actor, userId, role))
        .collect()
        .asList()
        .map(kept -> roles.stream().filter(role -> kept.get(roles.indexOf(role))).toList());
  }

  private Uni<Boolean> isKept(Actor actor, String userId, RoleName role) {
    return lastAdministrator
        .isRemovable(userId, role)
        .chain(
            removable ->
                removable
                    ? assignments.remove(actor, userId, role).replaceWith(false)
                    : Uni.createFrom().item(true));
  }
}
