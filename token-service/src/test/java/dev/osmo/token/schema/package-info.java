/**
 * Rules that the database enforces itself. The tests run, as each database user, the statements
 * that a faulty or compromised service could run.
 */
@NullMarked
package dev.osmo.token.schema;

import org.jspecify.annotations.NullMarked;
