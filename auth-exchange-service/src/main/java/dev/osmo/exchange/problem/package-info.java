/**
 * This service's own problems, the failures that become one, and the error answers of the OAuth
 * routes. Touches no table, file or network.
 */
@NullMarked
package dev.osmo.exchange.problem;

import org.jspecify.annotations.NullMarked;
