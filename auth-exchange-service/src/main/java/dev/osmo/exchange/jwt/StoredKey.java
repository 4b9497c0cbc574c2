package dev.osmo.exchange.jwt;

import java.time.Duration;
import java.time.Instant;

/**
 * A key and where it is in its life.
 *
 * @param since when, by the database's clock, it came into this state
 * @param afterlife how long after its retirement a JWT of it may be alive
 */
record StoredKey(SealedKey key, KeyState state, Instant since, Duration afterlife) {

  KeyId id() {
    return key.id();
  }
}
