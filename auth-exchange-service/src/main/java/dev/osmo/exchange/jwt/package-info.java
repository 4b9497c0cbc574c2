/**
 * JWTs: signed, recognised, and the public keys served to who verifies them. Touches no table by
 * itself.
 */
@NullMarked
package dev.osmo.exchange.jwt;

import org.jspecify.annotations.NullMarked;
