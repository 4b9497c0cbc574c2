/**
 * Signs JWTs, verifies the ones that this service has signed, and serves the public keys. Has no
 * SQL of its own.
 */
@NullMarked
package dev.osmo.exchange.jwt;

import org.jspecify.annotations.NullMarked;
