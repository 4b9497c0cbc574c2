/**
 * The contexts that a user is logged in with: the credential file and its lock, the token in the
 * environment, the exchange for JWTs, and requests sent with them. The only package that holds a
 * context's access token after login; other packages receive its JWT. Touches the configuration
 * directory, the token files that the user names, the credential helper and, through {@code
 * server}, the network.
 */
@NullMarked
package dev.osmo.cli.session;

import org.jspecify.annotations.NullMarked;
