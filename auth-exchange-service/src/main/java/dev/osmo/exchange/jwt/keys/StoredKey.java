package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.material.KeyId;
import dev.osmo.exchange.jwt.material.SealedKey;
import java.time.Duration;
import java.time.Instant;

/**
 * A key and where it is in its life.
 *
 * @param since when, by the database's clock, it came into this state
 * @param afterlife how long after its retirement a JWT of it may be alive
 */
public record StoredKey(SealedKey key, KeyState state, Instant since, Duration afterlife) {

  public KeyId id() {
    return key.id();
  }
}
