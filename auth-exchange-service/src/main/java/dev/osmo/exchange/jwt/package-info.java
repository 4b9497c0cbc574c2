/**
 * Signing keys and what is signed with them. Reads and writes signing_key, reads the
 * key-encryption-key file, serves the public keys. Nobody else sees key material.
 */
@NullMarked
package dev.osmo.exchange.jwt;

import org.jspecify.annotations.NullMarked;
