/**
 * Runs native SQL in the caller's session and reads the rows. Names no table and opens no
 * transaction; the calling packages do.
 */
@NullMarked
package dev.osmo.token.database;

import org.jspecify.annotations.NullMarked;
