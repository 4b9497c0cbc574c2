/**
 * The states of signing keys: pending, active, retiring, gone. Rotates them and publishes the key
 * set. The only package that reads and writes {@code signing_key}, except the readiness check.
 */
@NullMarked
package dev.osmo.exchange.jwt.keys;

import org.jspecify.annotations.NullMarked;
