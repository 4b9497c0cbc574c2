/**
 * How much one caller may ask for, counted in memory and per replica: failures by the caller's
 * address, exchanges and introspections by the token. Touches no table, file or network.
 */
@NullMarked
package dev.osmo.exchange.limits;

import org.jspecify.annotations.NullMarked;
