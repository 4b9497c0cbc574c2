package dev.osmo.token.pat.store;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.pat.rules.TokenName;
import dev.osmo.token.problem.TokenProblem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Optional;

/**
 * Remembers for a day which request a key was used for and which token came of it. A token's text
 * is never kept, so a repetition learns where to get a new one.
 */
@ApplicationScoped
public class KnownRequests {

  private static final String FIND =
      """
      SELECT k.pat_id AS pat_id, encode(k.request_hash, 'hex') AS request_hash
        FROM idempotency_key k
       WHERE k.user_id = :user AND k.key_hash = decode(:key, 'hex')
         AND k.created_at > clock_timestamp() - interval '24 hours'
      """;
  private static final String FORGET =
      "DELETE FROM idempotency_key k WHERE k.user_id = :user AND k.created_at <= clock_timestamp() - interval '24 hours'";
  private static final String REMEMBER =
      """
      INSERT INTO idempotency_key (user_id, key_hash, request_hash, pat_id)
      VALUES (:user, decode(:key, 'hex'), decode(:request, 'hex'), :pat)
      """;
  private static final Refusal OTHER_REQUEST =
      new Refusal(
          TokenProblem.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key was used for another request. Take a new key for a new request.");

  /** Fails with a refusal when this caller used the key within a day. */
  public Uni<Void> requireNew(
      String userId, Optional<IdempotencyKey> presented, String ownerId, TokenName name) {
    return presented
        .map(
            key ->
                find(userId, key)
                    .invoke(known -> refuse(known, key, rotate(userId, ownerId, name)))
                    .replaceWithVoid())
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  public Uni<Void> remember(String userId, Optional<IdempotencyKey> presented, String patId) {
    return presented
        .map(key -> forgetOld(userId).chain(() -> insert(userId, key, patId)))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private static Uni<List<Tuple>> find(String userId, IdempotencyKey key) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(FIND, Tuple.class)
                    .setParameter("user", userId)
                    .setParameter("key", key.keyHash())
                    .getResultList());
  }

  private static void refuse(List<Tuple> known, IdempotencyKey key, String command) {
    if (known.isEmpty()) {
      return;
    }
    if (!known.getFirst().get("request_hash", String.class).equals(key.requestHash())) {
      throw OTHER_REQUEST.toException();
    }
    throw alreadyCreated(known.getFirst().get("pat_id", String.class), command).toException();
  }

  private static Refusal alreadyCreated(String patId, String command) {
    return new Refusal(
        TokenProblem.ALREADY_CREATED,
        "This request created the access token "
            + patId
            + " already, and its text is not shown again. For a new text: "
            + command);
  }

  private static String rotate(String userId, String ownerId, TokenName name) {
    return "osmo token rotate " + name + (userId.equals(ownerId) ? "" : " --user " + ownerId);
  }

  private static Uni<Integer> forgetOld(String userId) {
    return Panache.getSession()
        .chain(
            session ->
                session.createNativeQuery(FORGET).setParameter("user", userId).executeUpdate());
  }

  private static Uni<Void> insert(String userId, IdempotencyKey key, String patId) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(REMEMBER)
                    .setParameter("user", userId)
                    .setParameter("key", key.keyHash())
                    .setParameter("request", key.requestHash())
                    .setParameter("pat", patId)
                    .executeUpdate())
        .replaceWithVoid();
  }
}
