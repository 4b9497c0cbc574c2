/**
 * Runs native SQL in the session of the caller or without one, and reads the rows. Begins
 * transactions for the calling packages, and repeats those that the database rolled back because of
 * another one. Names no table.
 */
@NullMarked
package dev.osmo.token.database;

import org.jspecify.annotations.NullMarked;
