package dev.osmo.token.pat.store;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * Stores for a time, 24 hours by default, which request used an idempotency key and which token it
 * created. The text of a token is never stored, so the response to a repeated request explains how
 * to get a new one.
 */
@ApplicationScoped
public class IdempotencyKeys {

  private static final String FIND =
      """
      SELECT k.pat_id AS pat_id, encode(k.request_hash, 'hex') AS request_hash
        FROM idempotency_key k
       WHERE k.user_id = :user AND k.key_hash = decode(:key, 'hex')
         AND k.created_at > clock_timestamp() - CAST(CAST(:retention AS text) AS interval)
      """;
  private static final String DELETE_EXPIRED =
      """
      DELETE FROM idempotency_key k
       WHERE k.user_id = :user AND k.created_at <= clock_timestamp() - CAST(CAST(:retention AS text) AS interval)
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

  private final Duration retention;

  IdempotencyKeys(TokenServiceSettings settings) {
    this.retention = settings.retention().idempotencyKeys();
  }

  private record StoredRequest(String requestHash, String patId) {}

  /**
   * Fails with a refusal if this caller used the key before and it is still kept.
   *
   * @param next what the caller can do then; continues the sentence about the token
   */
  public Uni<Void> requireNew(String userId, Optional<IdempotencyKey> presented, String next) {
    return presented
        .map(key -> find(userId, key).chain(stored -> requireNone(stored, key, next)))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  public Uni<Void> store(String userId, Optional<IdempotencyKey> presented, String patId) {
    return presented
        .map(key -> deleteExpired(userId).chain(() -> insert(userId, key, patId)))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private Uni<Optional<StoredRequest>> find(String userId, IdempotencyKey key) {
    return NativeQuery.of(FIND)
        .with("user", userId)
        .with("key", key.keyHash())
        .with("retention", retention.toString())
        .first(row -> new StoredRequest(row.text("request_hash"), row.text("pat_id")));
  }

  private static Uni<Void> requireNone(
      Optional<StoredRequest> stored, IdempotencyKey key, String next) {
    return stored
        .map(request -> refusal(request, key, next).<Void>toFailure())
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private static Refusal refusal(StoredRequest stored, IdempotencyKey key, String next) {
    return stored.requestHash().equals(key.requestHash())
        ? alreadyCreated(stored.patId(), next)
        : OTHER_REQUEST;
  }

  private static Refusal alreadyCreated(String patId, String next) {
    return new Refusal(
        TokenProblem.ALREADY_CREATED,
        "This request already created the access token " + patId + next);
  }

  private Uni<Integer> deleteExpired(String userId) {
    return NativeQuery.of(DELETE_EXPIRED)
        .with("user", userId)
        .with("retention", retention.toString())
        .execute();
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
