package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.keys.KeyTransition.Activate;
import dev.osmo.exchange.jwt.keys.KeyTransition.CreateActive;
import dev.osmo.exchange.jwt.keys.KeyTransition.Erase;
import dev.osmo.exchange.jwt.keys.KeyTransition.ExtendRetention;
import dev.osmo.exchange.jwt.keys.KeyTransition.Publish;
import dev.osmo.exchange.settings.JwtSettings;
import dev.osmo.exchange.settings.KeysSettings;
import dev.osmo.http.start.StartRefused;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides which change of the signing keys is due.
 *
 * <ol>
 *   <li>A key signs only after it has been published for {@code publishAhead}. The exception: if
 *       the active key was revoked, the next one signs immediately.
 *   <li>A key stays published until every verifier treats each JWT that it may have signed as
 *       expired. Replicas may have different settings, so each one writes the retention that it
 *       needs to the key before it signs.
 * </ol>
 *
 * @param retention how long a key stays published after its retirement: the time until this replica
 *     detects the change, the TTL of its last JWT, and the difference between clocks
 */
record KeyPolicy(Duration rotateEvery, Duration publishAhead, Duration retention) {

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  /** The policy of these settings. Stops the start if they contradict each other. */
  static KeyPolicy of(JwtSettings jwt, KeysSettings keys) {
    Duration enough = jwt.jwksMaxAge().multipliedBy(2).plus(keys.staleAfter());
    if (keys.publishAhead().compareTo(enough) < 0) {
      throw new StartRefused(
          "auth-exchange.keys.publish-ahead is %s and must be at least %s, or verifiers may reject JWTs of a new key."
              .formatted(keys.publishAhead(), enough));
    }
    if (keys.rotateEvery().compareTo(keys.publishAhead()) <= 0) {
      throw new StartRefused(
          "auth-exchange.keys.rotate-every is %s and must be longer than auth-exchange.keys.publish-ahead, %s."
              .formatted(keys.rotateEvery(), keys.publishAhead()));
    }
    return new KeyPolicy(
        keys.rotateEvery(),
        keys.publishAhead(),
        jwt.ttl().plus(keys.staleAfter()).plus(CLOCKS_DIFFER));
  }

  Optional<KeyTransition> next(StoredKeys keys) {
    return extendRetention(keys)
        .or(() -> erase(keys))
        .or(() -> keys.active().map(active -> rotate(keys, active)).orElseGet(() -> replace(keys)));
  }

  private Optional<KeyTransition> extendRetention(StoredKeys keys) {
    return keys.active()
        .filter(key -> key.retention().compareTo(retention) < 0)
        .map(key -> new ExtendRetention(key.id(), retention));
  }

  private static Optional<KeyTransition> erase(StoredKeys keys) {
    return keys.in(KeyState.RETIRING)
        .filter(key -> keys.hasBeenInState(key, key.retention()))
        .findFirst()
        .map(key -> new Erase(key.id()));
  }

  private Optional<KeyTransition> rotate(StoredKeys keys, StoredKey active) {
    Optional<StoredKey> pending = keys.pending();
    if (pending.isPresent()) {
      return pending
          .filter(key -> keys.hasBeenInState(key, publishAhead))
          .map(key -> new Activate(key.id()));
    }
    return keys.hasBeenInState(active, rotateEvery.minus(publishAhead))
        ? Optional.of(new Publish())
        : Optional.empty();
  }

  private static Optional<KeyTransition> replace(StoredKeys keys) {
    return Optional.of(
        keys.pending()
            .<KeyTransition>map(key -> new Activate(key.id()))
            .orElseGet(CreateActive::new));
  }
}
