/**
 * {@code osmo auth …}: the context in use, and its JWT for other programs. Touches the server
 * through the session only. Never handles the access token.
 */
@NullMarked
package dev.osmo.cli.auth;

import org.jspecify.annotations.NullMarked;
