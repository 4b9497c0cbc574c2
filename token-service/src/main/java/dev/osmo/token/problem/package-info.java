/**
 * This service's own problems and the translation of PostgreSQL's errors into refusals. Touches no
 * table, file or network.
 */
@NullMarked
package dev.osmo.token.problem;

import org.jspecify.annotations.NullMarked;
