/**
 * Being logged in: the credential file, its lock, the exchange of the token for a JWT, and requests
 * sent with that JWT. The only room that sees the token after login. Touches the osmo configuration
 * directory and, through the server room, the network.
 */
@NullMarked
package dev.osmo.cli.session;

import org.jspecify.annotations.NullMarked;
