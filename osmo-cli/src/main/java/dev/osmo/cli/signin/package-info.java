/**
 * A person's sign-in through an identity provider: in the browser (RFC 8252 with PKCE) or on
 * another device (RFC 8628). Starts a browser; waits on 127.0.0.1 for its redirect, through {@code
 * listen}; and calls the OSMO server, through {@code server}. It never sends a request to the
 * provider: only the browser does.
 */
@NullMarked
package dev.osmo.cli.signin;

import org.jspecify.annotations.NullMarked;
