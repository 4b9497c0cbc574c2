package dev.osmo.exchange.jwt;

import java.time.Instant;

/**
 * A key and where it is in its life.
 *
 * @param since when, by the database's clock, it came into this state
 */
record StoredKey(SealedKey key, KeyState state, Instant since) {

  KeyId id() {
    return key.id();
  }
}
