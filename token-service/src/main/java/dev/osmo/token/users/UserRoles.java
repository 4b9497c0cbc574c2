package dev.osmo.token.users;

import dev.osmo.token.audit.Actor;
import dev.osmo.token.roles.Assignments;
import dev.osmo.token.roles.LastAdministrator;
import dev.osmo.token.roles.Owner;
import dev.osmo.token.roles.RoleName;
import dev.osmo.token.roles.UserLocks;
import dev.osmo.token.roles.catalogue.Roles;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashSet;

/** The roles of a user who is created, disabled or deleted. Runs in the caller's transaction. */
@ApplicationScoped
public class UserRoles {

  private final UserLocks owners;
  private final Roles catalogue;
  private final Assignments assignments;
  private final LastAdministrator lastAdministrator;

  UserRoles(
      UserLocks owners,
      Roles catalogue,
      Assignments assignments,
      LastAdministrator lastAdministrator) {
    this.owners = owners;
    this.catalogue = catalogue;
    this.assignments = assignments;
    this.lastAdministrator = lastAdministrator;
  }

  public Uni<Owner> lock(String userId) {
    return owners.lock(userId);
  }

  /** One after the other, so that the order is kept. */
  public Uni<Void> grantAll(Actor actor, String userId, Collection<RoleName> roles) {
    return Multi.createFrom()
        .iterable(new LinkedHashSet<>(roles))
        .onItem()
        .transformToUniAndConcatenate(
            role ->
                catalogue.requireExists(role).chain(() -> assignments.grant(actor, userId, role)))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** Requires another administrator, and sets the actor of the removal events. */
  Uni<Void> prepareDeletion(Actor actor, String userId) {
    return requireNotLastAdministrator(userId)
        .chain(() -> assignments.nameTheActor(actor))
        .replaceWithVoid();
  }

  /** Fails with a refusal when the user is the last enabled administrator. */
  public Uni<Void> requireNotLastAdministrator(String userId) {
    return assignments
        .heldBy(userId)
        .map(held -> held.stream().anyMatch(one -> one.role().equals(RoleName.ADMINISTRATOR)))
        .chain(
            administers ->
                administers
                    ? lastAdministrator.requireAnotherAdministrator(userId)
                    : Uni.createFrom().voidItem());
  }
}
