package dev.osmo.token.roles;

import dev.osmo.token.audit.Actor;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Row;
import dev.osmo.token.paging.Cursor;
import dev.osmo.token.paging.Page;
import dev.osmo.token.paging.PageRequest;
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

  /** Its key: when it was granted, and to whom. Neither ever changes. */
  public static final int HOLDERS_KEY_PARTS = 2;

  private static final String HOLDERS =
      """
      SELECT a.id AS id, a.user_id AS user_id, a.role_name AS role_name, a.assigned_by AS assigned_by,
             a.assigned_at AS assigned_at
        FROM role_assignment a
       WHERE a.role_name = :role
         AND (CAST(:after_time AS text) IS NULL
              OR a.assigned_at < CAST(CAST(:after_time AS text) AS timestamptz)
              OR (a.assigned_at = CAST(CAST(:after_time AS text) AS timestamptz)
                  AND a.user_id COLLATE "C" > CAST(:after_user AS text)))
       ORDER BY a.assigned_at DESC, a.user_id COLLATE "C"
       LIMIT :limit
      """;
  private static final String REMOVE =
      "DELETE FROM role_assignment a WHERE a.user_id = :user AND a.role_name = :role";
  private static final String REMOVE_FROM_ALL =
      "DELETE FROM role_assignment a WHERE a.role_name = :role RETURNING a.user_id";
  private static final String SET_ACTOR = "SELECT set_config('osmo.actor', :actor, true)";

  private final AuditLog audit;

  Assignments(AuditLog audit) {
    this.audit = audit;
  }

  /** By role name, as OSMO lists them. */
  public Uni<List<Assignment>> heldBy(String userId) {
    return find("userId = ?1 order by roleName", userId).list().map(Assignments::toAssignments);
  }

  /** The newest assignment first, as OSMO lists them. */
  public Uni<Page<Assignment>> holdersOf(RoleName role, PageRequest request) {
    request.after().ifPresent(cursor -> cursor.requireInstant(0));
    return NativeQuery.of(HOLDERS)
        .with("role", role.value())
        .with("after_time", request.after(0))
        .with("after_user", request.after(1))
        .with("limit", request.rowsToRead())
        .list(Assignments::read)
        .map(rows -> Page.of(rows, request, Assignments::key));
  }

  public Uni<Assignment> of(String userId, RoleName role) {
    return find("userId = ?1 and roleName = ?2", userId, role.value())
        .singleResult()
        .map(AssignmentEntity::toAssignment);
  }

  public Uni<Boolean> isHeld(String userId, RoleName role) {
    return count("userId = ?1 and roleName = ?2", userId, role.value()).map(held -> held > 0);
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
        .chain(
            named ->
                NativeQuery.of(REMOVE).with("user", userId).with("role", role.value()).execute())
        .chain(
            removed ->
                record(
                    removed,
                    actor,
                    AuditEntry.ofRole(AuditAction.ROLE_REMOVED, userId, role.value())));
  }

  /** Removes the role from every user. Needs the locks of all of them. */
  public Uni<Void> removeFromAll(Actor actor, RoleName role) {
    return nameTheActor(actor)
        .chain(
            named -> NativeQuery.of(REMOVE_FROM_ALL).with("role", role.value()).list(String.class))
        .chain(
            holders ->
                audit.appendForEach(
                    holders,
                    actor,
                    AuditEntry.ofRole(AuditAction.ROLE_REMOVED, null, role.value())));
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

  private static Cursor key(Assignment last) {
    return Cursor.of(last.assignedAt().toString(), last.userId());
  }

  private static Assignment read(Row row) {
    return new Assignment(
        row.uuid("id"),
        row.text("user_id"),
        new RoleName(row.text("role_name")),
        row.text("assigned_by"),
        row.instant("assigned_at"));
  }

  private static List<Assignment> toAssignments(List<AssignmentEntity> rows) {
    return rows.stream().map(AssignmentEntity::toAssignment).toList();
  }
}
