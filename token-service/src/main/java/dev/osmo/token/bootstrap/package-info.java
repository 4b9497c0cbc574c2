/**
 * The first administrator, from a token file that the deployer mounts. Acts only when the file's
 * content changes, so a restart never restores a permission that an administrator removed. Writes
 * {@code bootstrap_token} and, through other packages, a user, a role and a token.
 */
@NullMarked
package dev.osmo.token.bootstrap;

import org.jspecify.annotations.NullMarked;
