/**
 * The states of signing keys: pending, active, retiring, gone. Rotates them and publishes the key
 * set. The only room that reads and writes {@code signing_key}.
 */
@NullMarked
package dev.osmo.exchange.jwt.keys;

import org.jspecify.annotations.NullMarked;
