package dev.osmo.token.pat.store;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.pat.rules.TokenName;
import dev.osmo.token.problem.TokenProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Stores for 24 hours which request used an idempotency key and which token it created. The text of
 * a token is never stored, so the response to a repeated request explains how to get a new one.
 */
@ApplicationScoped
public class IdempotencyKeys {

  private static final String FIND =
      """
      SELECT k.pat_id AS pat_id, encode(k.request_hash, 'hex') AS request_hash
        FROM idempotency_key k
       WHERE k.user_id = :user AND k.key_hash = decode(:key, 'hex')
         AND k.created_at > clock_timestamp() - interval '24 hours'
      """;
  private static final String DELETE_EXPIRED =
      """
      DELETE FROM idempotency_key k
       WHERE k.user_id = :user AND k.created_at <= clock_timestamp() - interval '24 hours'
      """;
  private static final String STORE =
      """
      INSERT INTO idempotency_key (user_id, key_hash, request_hash, pat_id)
      VALUES (:user, decode(:key, 'hex'), decode(:request, 'hex'), :pat)
      """;
  private static final Refusal OTHER_REQUEST =
      new Refusal(
          TokenProblem.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key was used for another request. Use a new key for a new request.");

  private record StoredRequest(String requestHash, String patId) {}

  /** Fails with a refusal if this caller used the key within the last 24 hours. */
  public Uni<Void> requireNew(
      String userId, Optional<IdempotencyKey> presented, String ownerId, TokenName name) {
    return presented
        .map(
            key ->
                find(userId, key)
                    .chain(stored -> requireNone(stored, key, rotate(userId, ownerId, name))))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  public Uni<Void> store(String userId, Optional<IdempotencyKey> presented, String patId) {
    return presented
        .map(key -> deleteExpired(userId).chain(() -> insert(userId, key, patId)))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private static Uni<Optional<StoredRequest>> find(String userId, IdempotencyKey key) {
    return NativeQuery.of(FIND)
        .with("user", userId)
        .with("key", key.keyHash())
        .first(row -> new StoredRequest(row.text("request_hash"), row.text("pat_id")));
  }

  private static Uni<Void> requireNone(
      Optional<StoredRequest> stored, IdempotencyKey key, String command) {
    return stored
        .map(request -> refusal(request, key, command).<Void>toFailure())
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private static Refusal refusal(StoredRequest stored, IdempotencyKey key, String command) {
    return stored.requestHash().equals(key.requestHash())
        ? alreadyCreated(stored.patId(), command)
        : OTHER_REQUEST;
  }

  private static Refusal alreadyCreated(String patId, String command) {
    return new Refusal(
        TokenProblem.ALREADY_CREATED,
        "This request already created the access token "
            + patId
            + ", and its text is not shown again. To get a new text: "
            + command);
  }

  private static String rotate(String userId, String ownerId, TokenName name) {
    return "osmo token rotate " + name + (userId.equals(ownerId) ? "" : " --user " + ownerId);
  }

  private static Uni<Integer> deleteExpired(String userId) {
    return NativeQuery.of(DELETE_EXPIRED).with("user", userId).execute();
  }

  private static Uni<Void> insert(String userId, IdempotencyKey key, String patId) {
    return NativeQuery.of(STORE)
        .with("user", userId)
        .with("key", key.keyHash())
        .with("request", key.requestHash())
        .with("pat", patId)
        .execute()
        .replaceWithVoid();
  }
}
