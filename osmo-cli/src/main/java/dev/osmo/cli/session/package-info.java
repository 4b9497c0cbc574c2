/**
 * Being logged in: which login a command works with, from the credential file or the environment,
 * and requests sent with its JWT, renewed when it is old. Other rooms get the JWT, never the token:
 * that stays, after login, in this room and {@code session.token}, {@code session.store} and {@code
 * session.life}. Touches nothing itself; the network through {@code server.transport}, the
 * configuration directory through {@code session.store}.
 */
@NullMarked
package dev.osmo.cli.session;

import org.jspecify.annotations.NullMarked;
