/**
 * {@code osmo auth …}: what the login in use is worth, and its JWT for other programs. Touches the
 * server through the session only; sees JWTs, never the token.
 */
@NullMarked
package dev.osmo.cli.auth;

import org.jspecify.annotations.NullMarked;
