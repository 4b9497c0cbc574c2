package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.material.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All keys that are not gone, at one moment of the database's clock.
 *
 * @param keys oldest first
 */
public record KeysNow(List<StoredKey> keys, Instant at) {

  public KeysNow {
    keys = List.copyOf(keys);
  }

  public Optional<StoredKey> pending() {
    return in(KeyState.PENDING).findFirst();
  }

  public Optional<StoredKey> active() {
    return in(KeyState.ACTIVE).findFirst();
  }

  Stream<StoredKey> in(KeyState state) {
    return keys.stream().filter(key -> key.state() == state);
  }

  public Optional<StoredKey> find(KeyId id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** Whether a key has been in its state for so long. */
  boolean isOver(StoredKey key, Duration time) {
    return !key.since().plus(time).isAfter(at);
  }
}
