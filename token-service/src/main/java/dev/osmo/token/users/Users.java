package dev.osmo.token.users;

import dev.osmo.token.audit.Actor;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Row;
import dev.osmo.token.input.AsciiCase;
import dev.osmo.token.paging.Page;
import dev.osmo.token.roles.UserLocks;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The rows of users. Every method runs in the caller's session or transaction. */
@ApplicationScoped
public class Users implements PanacheRepositoryBase<UserEntity, String> {

  private static final String CREATE =
      "INSERT INTO users (id, created_by) VALUES (:id, :by) ON CONFLICT DO NOTHING";

  /** Withdraws the decision of administrators, and no other one however often it is repeated. */
  private static final String ENABLE =
      """
      UPDATE users SET disabled_at = CASE WHEN disabled_in_directory THEN disabled_at END,
                       disabled_by_scim = disabled_in_directory
       WHERE id = :id AND disabled_at IS NOT NULL AND NOT disabled_by_scim
      """;

  private static final String OVERRULE =
      """
      UPDATE users SET disabled_at = NULL, disabled_by_scim = false, disabled_in_directory = false
       WHERE id = :id AND disabled_in_directory
      """;

  private static final String DISABLE =
      """
      UPDATE users SET disabled_at = coalesce(disabled_at, clock_timestamp()), disabled_by_scim = false
       WHERE id = :id AND (disabled_at IS NULL OR disabled_by_scim)
      """;

  private static final String DEACTIVATE =
      """
      UPDATE users SET disabled_at = coalesce(disabled_at, clock_timestamp()), disabled_in_directory = true,
                       disabled_by_scim = disabled_at IS NULL
       WHERE id = :id AND NOT disabled_in_directory
      """;
  private static final String REACTIVATE =
      """
      UPDATE users SET disabled_at = CASE WHEN NOT disabled_by_scim THEN disabled_at END, disabled_in_directory = false
       WHERE id = :id AND disabled_in_directory
      """;
  private static final String IS_DISABLED =
      "SELECT u.disabled_at IS NOT NULL FROM users u WHERE u.id = :id";
  private static final String MATCHING =
      """
        FROM users u
       WHERE left(lower(u.id COLLATE "C"), length(:prefix)) = :prefix
         AND (CAST(:roles AS text) IS NULL
              OR EXISTS (SELECT FROM role_assignment a
                          WHERE a.user_id = u.id AND a.role_name = ANY (string_to_array(CAST(:roles AS text), E'\\n'))))
      """;
  private static final String COUNT = "SELECT count(*)" + MATCHING;

  /** The creation time and the id of a user never change, so no page repeats or skips a user. */
  private static final String PAGE =
      "SELECT u.id AS id, u.created_at AS created_at, u.created_by AS created_by, u.disabled_at AS disabled_at,"
          + " u.disabled_by_scim AS disabled_by_scim, u.disabled_in_directory AS disabled_in_directory"
          + MATCHING
          + """
            AND (CAST(:after_time AS text) IS NULL
                 OR u.created_at < CAST(CAST(:after_time AS text) AS timestamptz)
                 OR (u.created_at = CAST(CAST(:after_time AS text) AS timestamptz)
                     AND u.id COLLATE "C" > CAST(:after_id AS text)))
          ORDER BY u.created_at DESC, u.id COLLATE "C"
          LIMIT :limit OFFSET :skipped
          """;

  private static final Map<String, Object> OVERRULED = Map.of("overruled_directory", true);

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

  /**
   * False when no administrator had disabled the user. If the directory has disabled the user, the
   * user stays disabled.
   */
  Uni<Boolean> enable(Actor actor, UserId id) {
    return update(ENABLE, id.value()).chain(enabled -> recordEnabled(enabled, actor, id.value()));
  }

  /**
   * Withdraws the decisions of administrators and of the directory, until the directory disables
   * the user again. False when the user was enabled already.
   */
  public Uni<Boolean> enableForAll(Actor actor, UserId id) {
    return update(OVERRULE, id.value())
        .chain(
            overruled ->
                overruled == 0
                    ? enable(actor, id)
                    : record(actor, AuditAction.USER_ENABLED, id.value(), OVERRULED));
  }

  /** False when an administrator had disabled the user already. */
  Uni<Boolean> disable(Actor actor, UserId id) {
    return update(DISABLE, id.value())
        .chain(disabled -> record(disabled, actor, AuditAction.USER_DISABLED, id.value()));
  }

  /** A directory disables the user. False when the directory had disabled the user already. */
  public Uni<Boolean> deactivate(Actor actor, UserId id) {
    return update(DEACTIVATE, id.value())
        .chain(changed -> record(changed, actor, AuditAction.USER_DISABLED, id.value()));
  }

  /**
   * A directory withdraws its decision. False when there is none. If an administrator has disabled
   * the user as well, the user stays disabled.
   */
  public Uni<Boolean> reactivate(Actor actor, UserId id) {
    return update(REACTIVATE, id.value())
        .chain(changed -> recordEnabled(changed, actor, id.value()));
  }

  Uni<UserView> view(String id) {
    return findById(id)
        .onItem()
        .ifNull()
        .failWith(() -> UserLocks.notFound(id).toException())
        .map(UserEntity::view);
  }

  /** Newest first. */
  Uni<Page<UserView>> matching(UserFilter filter) {
    return matching(PAGE, filter)
        .with("after_time", filter.page().after(0))
        .with("after_id", filter.page().after(1))
        .with("limit", filter.page().rowsToRead())
        .with("skipped", filter.skipped())
        .list(Users::view)
        .map(rows -> Page.of(rows, filter.page(), filter::after));
  }

  Uni<Long> countMatching(UserFilter filter) {
    return matching(COUNT, filter).single(Long.class);
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

  private static NativeQuery matching(String sql, UserFilter filter) {
    return NativeQuery.of(sql)
        .with("prefix", AsciiCase.lower(filter.idPrefix()))
        .with("roles", filter.roles().isEmpty() ? null : String.join("\n", filter.roles()));
  }

  private static UserView view(Row row) {
    return new UserView(
        row.text("id"),
        row.instant("created_at"),
        row.text("created_by"),
        row.instantOrNull("disabled_at"),
        DisabledBy.of(
            row.instantOrNull("disabled_at") != null,
            row.flag("disabled_by_scim"),
            row.flag("disabled_in_directory")));
  }

  /** The other side may keep the user disabled. */
  private Uni<Boolean> recordEnabled(int changed, Actor actor, String userId) {
    return changed == 0
        ? Uni.createFrom().item(false)
        : NativeQuery.of(IS_DISABLED)
            .with("id", userId)
            .single(Boolean.class)
            .map(
                disabled ->
                    disabled
                        ? Map.<String, Object>of("stays_disabled", true)
                        : Map.<String, Object>of())
            .chain(details -> record(actor, AuditAction.USER_ENABLED, userId, details));
  }

  private Uni<Boolean> record(int changed, Actor actor, AuditAction action, String userId) {
    return changed == 0 ? Uni.createFrom().item(false) : record(actor, action, userId, Map.of());
  }

  private Uni<Boolean> record(
      Actor actor, AuditAction action, String userId, Map<String, Object> details) {
    return audit.append(actor, AuditEntry.ofUser(action, userId, details)).replaceWith(true);
  }
}
