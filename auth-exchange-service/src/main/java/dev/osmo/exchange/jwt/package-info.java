/**
 * Signs JWTs, verifies the ones that this service has signed, and serves the public keys. Runs no
 * SQL.
 */
@NullMarked
package dev.osmo.exchange.jwt;

import org.jspecify.annotations.NullMarked;
