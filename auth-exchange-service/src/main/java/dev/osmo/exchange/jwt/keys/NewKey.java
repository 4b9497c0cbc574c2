package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.material.SealedKey;
import java.time.Duration;

/**
 * A key that is not in the database yet.
 *
 * @param retention how long it stays published after its retirement
 */
record NewKey(SealedKey key, Duration retention) {}
