/**
 * Where a token's text can be found after everything was done with it: logs, database files, log of
 * changes, answers. Speaks HTTP and reads files only.
 */
@NullMarked
package dev.osmo.token.secrets;

import org.jspecify.annotations.NullMarked;
