package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.jwt.material.SealedKey;
import java.time.Duration;

/**
 * A key that nobody knows yet.
 *
 * @param afterlife how long after its retirement a JWT of it may be alive
 */
public record NewKey(SealedKey key, Duration afterlife) {}
