/**
 * The life of signing keys: pending, active, retiring, gone. Decides and performs rotation, and
 * publishes the key set. Reads and writes {@code signing_key}; sees no private key.
 */
@NullMarked
package dev.osmo.exchange.jwt.keys;

import org.jspecify.annotations.NullMarked;
