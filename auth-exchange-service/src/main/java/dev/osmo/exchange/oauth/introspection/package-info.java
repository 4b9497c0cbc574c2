/**
 * Token introspection (RFC 7662): whether a token is active, its current roles, and which callers
 * may introspect it. Reads through package {@code pat}; runs no SQL.
 */
@NullMarked
package dev.osmo.exchange.oauth.introspection;

import org.jspecify.annotations.NullMarked;
