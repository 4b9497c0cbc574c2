/**
 * The life of the token behind a login: rotated, so that the login and the file a user names hold
 * the new secret, or revoked, so that the login is forgotten. Sees the token; touches the file that
 * the user names and, through the other session rooms, the network and the configuration directory.
 */
@NullMarked
package dev.osmo.cli.session.life;

import org.jspecify.annotations.NullMarked;
