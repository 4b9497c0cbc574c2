/**
 * Runs native SQL statements on the session that is open, and reads their rows. Knows no table and
 * opens no transaction: both belong to the packages that use it.
 */
@NullMarked
package dev.osmo.token.database;

import org.jspecify.annotations.NullMarked;
