package dev.osmo.token.roles;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Reads;
import dev.osmo.token.database.Row;
import dev.osmo.token.input.AsciiCase;
import dev.osmo.token.problem.TokenProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lock that serializes the creation of a user's tokens and the removal of that user's roles.
 * Take it before anything else in a transaction, then read in a new statement. Only a new statement
 * sees what the other transaction committed. Only a limited number of requests wait for one user.
 */
@ApplicationScoped
public class UserLocks {

  private static final String SELECT =
      """
      SELECT u.id AS id, u.disabled_at IS NOT NULL AS disabled FROM users u
       WHERE lower(u.id COLLATE "C")""";

  private static final String FIND = SELECT + " = lower(CAST(:id AS text) COLLATE \"C\")";
  private static final String ANY_OF =
      SELECT + " = ANY (string_to_array(lower(CAST(:ids AS text) COLLATE \"C\"), ','))";

  /** Always in this order, so that two transactions cannot deadlock. */
  private static final String LOCKED = " ORDER BY u.id COLLATE \"C\" FOR NO KEY UPDATE";

  /** Not an array, for which PostgreSQL would make a new plan each time. */
  private static final String LOCK_TWO =
      SELECT
          + " IN (lower(CAST(:one AS text) COLLATE \"C\"), lower(CAST(:other AS text) COLLATE \"C\"))"
          + LOCKED;

  private static final String LOCK_ALL = ANY_OF + LOCKED;

  private static final String LOCK_HOLDERS =
      """
      SELECT u.id AS id, u.disabled_at IS NOT NULL AS disabled
        FROM users u JOIN role_assignment a ON a.user_id = u.id
       WHERE a.role_name = :role
       ORDER BY u.id COLLATE "C" FOR NO KEY UPDATE OF u
      """;

  private final LockQueues queues;
  private final Reads reads;

  UserLocks(LockQueues queues, Reads reads) {
    this.queues = queues;
    this.reads = reads;
  }

  /**
   * Ignores the case of ASCII letters; the owner's id is as it was created. Fails with a refusal if
   * the user does not exist. Takes no lock.
   */
  public Uni<Owner> find(String userId) {
    return one(userId).list(UserLocks::owner).map(found -> only(found, userId));
  }

  /** The same outside of any session. */
  public Uni<Owner> read(String userId) {
    return reads.list(one(userId), UserLocks::owner).map(found -> only(found, userId));
  }

  /** Fails with a refusal if the user does not exist. */
  public Uni<Owner> lock(String userId) {
    return lock(userId, userId);
  }

  /**
   * Also locks the user whose token was used to log in, so a revocation of that token waits for the
   * tokens it creates. Fails with a refusal if the owner does not exist.
   */
  public Uni<Owner> lock(String ownerId, String callerId) {
    return queues
        .wait(
            List.of(ownerId, callerId),
            () ->
                NativeQuery.of(LOCK_TWO)
                    .with("one", ownerId)
                    .with("other", callerId)
                    .list(UserLocks::owner))
        .map(
            locked ->
                locked.stream().filter(owner -> AsciiCase.equal(owner.id(), ownerId)).toList())
        .map(found -> only(found, ownerId));
  }

  /** Those of these users who exist. */
  public Uni<List<Owner>> lockAll(Collection<String> userIds) {
    return queues.wait(userIds, () -> many(LOCK_ALL, userIds).list(UserLocks::owner));
  }

  /** All users who hold the role. */
  public Uni<List<Owner>> lockHolders(RoleName role) {
    return NativeQuery.of(LOCK_HOLDERS).with("role", role.value()).list(UserLocks::owner);
  }

  /**
   * These ids as they were created; an id of no user is returned as it is. Outside of any session.
   */
  public Uni<Set<String>> asCreated(Collection<String> userIds) {
    return reads
        .list(many(ANY_OF, userIds), UserLocks::owner)
        .map(
            found ->
                Stream.concat(userIds.stream(), found.stream().map(Owner::id))
                    .collect(Collectors.toSet()));
  }

  private static NativeQuery one(String userId) {
    return NativeQuery.of(FIND).with("id", userId);
  }

  /** The id of a user contains no comma. */
  private static NativeQuery many(String sql, Collection<String> userIds) {
    return NativeQuery.of(sql)
        .with(
            "ids",
            userIds.stream().filter(id -> !id.contains(",")).collect(Collectors.joining(",")));
  }

  private static Owner owner(Row row) {
    return new Owner(row.text("id"), row.flag("disabled"));
  }

  private static Owner only(List<Owner> found, String userId) {
    return found.stream().findFirst().orElseThrow(notFound(userId)::toException);
  }

  public static Refusal notFound(String userId) {
    return new Refusal(TokenProblem.USER_NOT_FOUND, "User " + userId + " not found");
  }
}
