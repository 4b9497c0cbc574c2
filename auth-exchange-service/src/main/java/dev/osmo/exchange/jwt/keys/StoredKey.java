package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.material.KeyId;
import dev.osmo.exchange.jwt.material.SealedKey;
import java.time.Duration;
import java.time.Instant;

/**
 * A signing key and its state.
 *
 * @param since when it entered this state, by the database's clock
 * @param retention how long it stays published after its retirement; the column is named {@code
 *     afterlife} because the previous release reads it
 */
record StoredKey(SealedKey key, KeyState state, Instant since, Duration retention) {

  KeyId id() {
    return key.id();
  }
}
