package dev.osmo.token.roles;

import dev.osmo.token.audit.Actor;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.database.NativeQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Who holds which role. Every method runs in the caller's transaction. */
@ApplicationScoped
public class Assignments implements PanacheRepositoryBase<AssignmentEntity, UUID> {

  private static final String GRANT =
      """
      INSERT INTO role_assignment (user_id, role_name, assigned_by) VALUES (:user, :role, :by)
      ON CONFLICT ON CONSTRAINT role_assignment_once DO NOTHING
      """;
  private static final String SET_ACTOR = "SELECT set_config('osmo.actor', :actor, true)";

  private final AuditLog audit;

  Assignments(AuditLog audit) {
    this.audit = audit;
  }

  /** In the order in which they were granted. */
  public Uni<List<Assignment>> heldBy(String userId) {
    return find("userId = ?1 order by assignedAt, roleName", userId)
        .list()
        .map(Assignments::toAssignments);
  }

  public Uni<List<Assignment>> holdersOf(RoleName role) {
    return find("roleName = ?1 order by userId", role.value())
        .list()
        .map(Assignments::toAssignments);
  }

  public Uni<Assignment> of(String userId, RoleName role) {
    return find("userId = ?1 and roleName = ?2", userId, role.value())
        .singleResult()
        .map(AssignmentEntity::toAssignment);
  }

  /** False if the user already holds the role. Needs the user's lock. */
  public Uni<Boolean> grant(Actor actor, String userId, RoleName role) {
    return NativeQuery.of(GRANT)
        .with("user", userId)
        .with("role", role.value())
        .with("by", actor.userId())
        .execute()
        .chain(
            granted ->
                record(
                    granted,
                    actor,
                    AuditEntry.ofRole(AuditAction.ROLE_GRANTED, userId, role.value())));
  }

  /**
   * False if the user did not hold the role. Needs the user's lock. A database trigger writes the
   * event.
   */
  public Uni<Boolean> remove(Actor actor, String userId, RoleName role) {
    return nameTheActor(actor)
        .chain(named -> delete("userId = ?1 and roleName = ?2", userId, role.value()))
        .chain(
            removed ->
                record(
                    removed.intValue(),
                    actor,
                    AuditEntry.ofRole(AuditAction.ROLE_REMOVED, userId, role.value())));
  }

  /** Sets the actor of the removal events of this transaction, cascades included. */
  public Uni<String> nameTheActor(Actor actor) {
    return NativeQuery.of(SET_ACTOR).with("actor", actor.userId()).single(String.class);
  }

  private Uni<Boolean> record(int changed, Actor actor, AuditEntry entry) {
    return changed == 0
        ? Uni.createFrom().item(false)
        : audit.append(actor, entry).replaceWith(true);
  }

  private static List<Assignment> toAssignments(List<AssignmentEntity> rows) {
    return rows.stream().map(AssignmentEntity::toAssignment).toList();
  }
}
