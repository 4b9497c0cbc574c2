/**
 * The token and the short-lived JWT that it is exchanged for: the shape of both, the files in which
 * a user hands a token over, and the exchange, the one request that carries a login's token. Reads
 * the files that a user names and, through {@code server.transport}, touches the network; writes
 * nothing.
 */
@NullMarked
package dev.osmo.cli.session.token;

import org.jspecify.annotations.NullMarked;
