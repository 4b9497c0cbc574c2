/**
 * Token introspection (RFC 7662): whether a token is active now, with which roles, and who may ask.
 * Reads through room {@code pat}; has no SQL of its own.
 */
@NullMarked
package dev.osmo.exchange.oauth.introspection;

import org.jspecify.annotations.NullMarked;
