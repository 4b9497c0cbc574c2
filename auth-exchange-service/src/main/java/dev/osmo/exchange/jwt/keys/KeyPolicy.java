package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.keys.KeyMove.Activate;
import dev.osmo.exchange.jwt.keys.KeyMove.Begin;
import dev.osmo.exchange.jwt.keys.KeyMove.Extend;
import dev.osmo.exchange.jwt.keys.KeyMove.Forget;
import dev.osmo.exchange.jwt.keys.KeyMove.Publish;
import dev.osmo.exchange.settings.JwtSettings;
import dev.osmo.exchange.settings.KeysSettings;
import dev.osmo.http.start.StartRefused;
import java.time.Duration;
import java.util.Optional;

/**
 * Which step of the keys' life is due.
 *
 * <ol>
 *   <li>A key signs only after it has been published for {@code publishAhead}; only when there is
 *       no other, because it was revoked, a younger one must do.
 *   <li>A key is published until every JWT it may have signed is dead for everybody. How long that
 *       is, each replica writes to the key before it signs: another one may be set otherwise.
 * </ol>
 *
 * @param afterlife how long after a key's retirement a JWT of this replica may be alive: it signs
 *     until it hears of the change, then its last JWT lives, and then some verifier's clock is
 *     behind
 */
public record KeyPolicy(Duration rotateEvery, Duration publishAhead, Duration afterlife) {

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  /** The policy of these settings, or the end of the start when they cannot work. */
  static KeyPolicy of(JwtSettings jwt, KeysSettings keys) {
    Duration enough = jwt.jwksMaxAge().multipliedBy(2).plus(keys.staleAfter());
    if (keys.publishAhead().compareTo(enough) < 0) {
      throw new StartRefused(
          "auth-exchange.keys.publish-ahead is %s and must be at least %s, or verifiers will not know a new key in time."
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

  Optional<KeyMove> next(KeysNow keys) {
    return extend(keys)
        .or(() -> forget(keys))
        .or(() -> keys.active().map(active -> rotate(keys, active)).orElseGet(() -> replace(keys)));
  }

  private Optional<KeyMove> extend(KeysNow keys) {
    return keys.active()
        .filter(key -> key.afterlife().compareTo(afterlife) < 0)
        .map(key -> new Extend(key.id(), afterlife));
  }

  private static Optional<KeyMove> forget(KeysNow keys) {
    return keys.in(KeyState.RETIRING)
        .filter(key -> keys.isOver(key, key.afterlife()))
        .findFirst()
        .map(key -> new Forget(key.id()));
  }

  private Optional<KeyMove> rotate(KeysNow keys, StoredKey active) {
    Optional<StoredKey> pending = keys.pending();
    if (pending.isPresent()) {
      return pending
          .filter(key -> keys.isOver(key, publishAhead))
          .map(key -> new Activate(key.id()));
    }
    return keys.isOver(active, rotateEvery.minus(publishAhead))
        ? Optional.of(new Publish())
        : Optional.empty();
  }

  private static Optional<KeyMove> replace(KeysNow keys) {
    return Optional.of(
        keys.pending().<KeyMove>map(key -> new Activate(key.id())).orElseGet(Begin::new));
  }
}
