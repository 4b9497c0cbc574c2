package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.material.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The signing keys that are not gone, as of one read.
 *
 * @param keys oldest first
 * @param readAt the database time of the read
 */
record StoredKeys(List<StoredKey> keys, Instant readAt) {

  public StoredKeys {
    keys = List.copyOf(keys);
  }

  Optional<StoredKey> pending() {
    return in(KeyState.PENDING).findFirst();
  }

  Optional<StoredKey> active() {
    return in(KeyState.ACTIVE).findFirst();
  }

  Stream<StoredKey> in(KeyState state) {
    return keys.stream().filter(key -> key.state() == state);
  }

  Optional<StoredKey> find(KeyId id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** Whether a key has been in its state for at least this duration. */
  boolean hasBeenInState(StoredKey key, Duration duration) {
    return !key.since().plus(duration).isAfter(readAt);
  }
}
