/**
 * A reverse proxy that adds a JWT: a program calls it without a credential, and it calls one server
 * with the JWT. Uses the network through the rooms that listen and connect.
 */
@NullMarked
package dev.osmo.cli.authproxy;

import org.jspecify.annotations.NullMarked;
