package dev.osmo.token.users;

import dev.osmo.token.audit.Actor;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.roles.UserLocks;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The rows of users. Every method runs in the caller's session or transaction. */
@ApplicationScoped
public class Users implements PanacheRepositoryBase<UserEntity, String> {

  private static final String CREATE =
      "INSERT INTO users (id, created_by) VALUES (:id, :by) ON CONFLICT DO NOTHING";
  private static final String ENABLE =
      "UPDATE users SET disabled_at = NULL WHERE id = :id AND disabled_at IS NOT NULL";
  private static final String DISABLE =
      "UPDATE users SET disabled_at = clock_timestamp() WHERE id = :id AND disabled_at IS NULL";
  private static final String MATCHING =
      """
      FROM UserEntity u
       WHERE left(u.id, length(?1)) = ?1
         AND (?2 = true OR EXISTS (SELECT 1 FROM AssignmentEntity a WHERE a.userId = u.id AND a.roleName IN ?3))
      """;

  private final AuditLog audit;

  Users(AuditLog audit) {
    this.audit = audit;
  }

  /** False when the id is taken, ignoring case. */
  public Uni<Boolean> create(Actor actor, UserId id) {
    return NativeQuery.of(CREATE)
        .with("id", id.value())
        .with("by", actor.userId())
        .execute()
        .chain(created -> record(created, actor, AuditAction.USER_CREATED, id.value()));
  }

  /** False when the user was enabled already. */
  public Uni<Boolean> enable(Actor actor, UserId id) {
    return update(ENABLE, id.value())
        .chain(enabled -> record(enabled, actor, AuditAction.USER_ENABLED, id.value()));
  }

  /** False when the user was disabled already. */
  Uni<Boolean> disable(Actor actor, UserId id) {
    return update(DISABLE, id.value())
        .chain(disabled -> record(disabled, actor, AuditAction.USER_DISABLED, id.value()));
  }

  Uni<UserView> view(String id) {
    return findById(id)
        .onItem()
        .ifNull()
        .failWith(() -> UserLocks.notFound(id).toException())
        .map(UserEntity::view);
  }

  Uni<List<UserView>> matching(UserFilter filter) {
    return find(MATCHING + " ORDER BY u.createdAt DESC, u.id", parameters(filter))
        .range(filter.startIndex() - 1, filter.startIndex() + filter.count() - 2)
        .list()
        .map(rows -> rows.stream().map(UserEntity::view).toList());
  }

  Uni<Long> countMatching(UserFilter filter) {
    return find(MATCHING, parameters(filter)).count();
  }

  /** The database deletes the user's tokens and roles, and writes an event for each role. */
  Uni<Void> remove(Actor actor, String id) {
    return delete("id = ?1", id)
        .chain(deleted -> record(deleted.intValue(), actor, AuditAction.USER_DELETED, id))
        .replaceWithVoid();
  }

  private static Uni<Integer> update(String sql, String id) {
    return NativeQuery.of(sql).with("id", id).execute();
  }

  private static Object[] parameters(UserFilter filter) {
    List<String> anyOf = filter.roles().isEmpty() ? List.of("") : filter.roles();
    return new Object[] {filter.idPrefix(), filter.roles().isEmpty(), anyOf};
  }

  private Uni<Boolean> record(int changed, Actor actor, AuditAction action, String userId) {
    return changed == 0
        ? Uni.createFrom().item(false)
        : audit.append(actor, AuditEntry.ofUser(action, userId)).replaceWith(true);
  }
}
