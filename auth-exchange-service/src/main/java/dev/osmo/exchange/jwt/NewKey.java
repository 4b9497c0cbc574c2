package dev.osmo.exchange.jwt;

import java.time.Duration;

/**
 * A key that nobody knows yet.
 *
 * @param afterlife how long after its retirement a JWT of it may be alive
 */
record NewKey(SealedKey key, Duration afterlife) {}
