/**
 * Searches logs, database files, the write-ahead log and responses for token texts. Uses HTTP and
 * reads files only.
 */
@NullMarked
package dev.osmo.token.secrets;

import org.jspecify.annotations.NullMarked;
