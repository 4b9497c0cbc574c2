package dev.osmo.token.roles;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The lock that puts creations of a user's tokens and removals of that user's roles in one line.
 * Take it before anything else in a transaction, then read in a new statement: only that one sees
 * what the other transaction committed.
 */
@ApplicationScoped
public class UserLocks {

  private static final String LOCK =
      """
      SELECT u.disabled_at IS NOT NULL FROM users u WHERE u.id = :id FOR NO KEY UPDATE
      """;

  private static final String FIND =
      "SELECT u.disabled_at IS NOT NULL FROM users u WHERE u.id = :id";

  /** Fails with a refusal when there is no such user. Takes no lock. */
  public Uni<Owner> find(String userId) {
    return query(FIND, userId).map(found -> only(found, userId));
  }

  /** Fails with a refusal when there is no such user. */
  public Uni<Owner> lock(String userId) {
    return lockIfThere(userId).map(found -> only(found, userId));
  }

  /**
   * Locks the user whose token was the login too: whatever ends that token waits for what it makes.
   * Fails with a refusal when there is no such owner.
   */
  public Uni<Owner> lock(String ownerId, String callerId) {
    return lockAll(List.of(ownerId, callerId))
        .map(locked -> locked.stream().filter(owner -> owner.id().equals(ownerId)).toList())
        .map(found -> only(found, ownerId));
  }

  /** An empty list when there is no such user. */
  Uni<List<Owner>> lockIfThere(String userId) {
    return query(LOCK, userId);
  }

  /** In one order for everybody, so that two transactions cannot wait for each other. */
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
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(sql, Boolean.class)
                    .setParameter("id", userId)
                    .getResultList())
        .map(rows -> rows.stream().map(disabled -> new Owner(userId, disabled)).toList());
  }

  private static Owner only(List<Owner> found, String userId) {
    return found.stream().findFirst().orElseThrow(notFound(userId)::toException);
  }

  public static Refusal notFound(String userId) {
    return new Refusal(TokenProblem.USER_NOT_FOUND, "User " + userId + " not found");
  }
}
