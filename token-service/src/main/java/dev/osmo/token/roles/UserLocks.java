package dev.osmo.token.roles;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.problem.TokenProblem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The lock that serializes the creation of a user's tokens and the removal of that user's roles.
 * Take it before anything else in a transaction, then read in a new statement. Only a new statement
 * sees what the other transaction committed.
 */
@ApplicationScoped
public class UserLocks {

  private static final String FIND =
      "SELECT u.disabled_at IS NOT NULL FROM users u WHERE u.id = :id";
  private static final String LOCK = FIND + " FOR NO KEY UPDATE";

  /** Fails with a refusal if the user does not exist. Takes no lock. */
  public Uni<Owner> find(String userId) {
    return query(FIND, userId).map(found -> only(found, userId));
  }

  /** Fails with a refusal if the user does not exist. */
  public Uni<Owner> lock(String userId) {
    return lockIfThere(userId).map(found -> only(found, userId));
  }

  /**
   * Also locks the user whose token was used to log in, so a revocation of that token waits for the
   * tokens it creates. Fails with a refusal if the owner does not exist.
   */
  public Uni<Owner> lock(String ownerId, String callerId) {
    return lockAll(List.of(ownerId, callerId))
        .map(locked -> locked.stream().filter(owner -> owner.id().equals(ownerId)).toList())
        .map(found -> only(found, ownerId));
  }

  /** An empty list if the user does not exist. */
  Uni<List<Owner>> lockIfThere(String userId) {
    return query(LOCK, userId);
  }

  /** Always in the same order, so that two transactions cannot deadlock. */
  public Uni<List<Owner>> lockAll(Collection<String> userIds) {
    return Multi.createFrom()
        .iterable(new TreeSet<>(userIds))
        .onItem()
        .transformToUniAndConcatenate(this::lockIfThere)
        .onItem()
        .<Owner>disjoint()
        .collect()
        .asList();
  }

  private static Uni<List<Owner>> query(String sql, String userId) {
    return NativeQuery.of(sql)
        .with("id", userId)
        .list(Boolean.class)
        .map(rows -> rows.stream().map(disabled -> new Owner(userId, disabled)).toList());
  }

  private static Owner only(List<Owner> found, String userId) {
    return found.stream().findFirst().orElseThrow(notFound(userId)::toException);
  }

  public static Refusal notFound(String userId) {
    return new Refusal(TokenProblem.USER_NOT_FOUND, "User " + userId + " not found");
  }
}
