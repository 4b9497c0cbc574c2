/**
 * A person's sign-in through an identity provider: in the browser (RFC 8252 with PKCE) or on
 * another device (RFC 8628). Listens on 127.0.0.1 for the browser's redirect, starts a browser and,
 * through {@code server}, calls the OSMO server. It never sends a request to the provider: only the
 * browser does.
 */
@NullMarked
package dev.osmo.cli.signin;

import org.jspecify.annotations.NullMarked;
