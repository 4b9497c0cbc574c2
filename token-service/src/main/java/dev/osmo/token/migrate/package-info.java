/**
 * The start mode {@code token-service migrate}: applies pending migrations and exits. Runs with the
 * database owner's credentials, which the running service never has. Uses only the database and the
 * two output streams; starts no HTTP server.
 */
@NullMarked
package dev.osmo.token.migrate;

import org.jspecify.annotations.NullMarked;
