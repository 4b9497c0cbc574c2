/**
 * Limits for callers, counted in memory for each replica: failures by address, exchanges and
 * introspections by token. Runs no SQL and uses no file or network.
 */
@NullMarked
package dev.osmo.exchange.limits;

import org.jspecify.annotations.NullMarked;
