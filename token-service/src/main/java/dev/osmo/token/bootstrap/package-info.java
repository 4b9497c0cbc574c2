/**
 * Provisions the first administrator from a mounted token file. Runs only when the content of the
 * file changes, so a restart never restores a permission that an administrator removed. Writes
 * {@code bootstrap_token} and, through other packages, a user, a role and a token.
 */
@NullMarked
package dev.osmo.token.bootstrap;

import org.jspecify.annotations.NullMarked;
