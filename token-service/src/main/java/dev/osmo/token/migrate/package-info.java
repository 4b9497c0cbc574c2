/**
 * The start modes that need the database owner's credentials, which the running service never has:
 * {@code token-service migrate} applies pending migrations, and {@code token-service revoke-before}
 * accepts a restored database. Uses only the database, a file that the operator names and the two
 * output streams; starts no HTTP server.
 */
@NullMarked
package dev.osmo.token.migrate;

import org.jspecify.annotations.NullMarked;
