/**
 * The first administrator, from a token file that a deployer mounts. Acts only when the file's
 * content changes, so a restart never brings back a right that somebody took away. Writes {@code
 * bootstrap_token} and, through the other rooms, a user, a role and a token.
 */
@NullMarked
package dev.osmo.token.bootstrap;

import org.jspecify.annotations.NullMarked;
