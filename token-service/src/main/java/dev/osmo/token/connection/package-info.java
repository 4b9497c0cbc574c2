/**
 * The connections to PostgreSQL: the pool with its limits, a connection of its own for health
 * checks, and the check for a pool that has lost its connections. Names no table.
 */
@NullMarked
package dev.osmo.token.connection;

import org.jspecify.annotations.NullMarked;
