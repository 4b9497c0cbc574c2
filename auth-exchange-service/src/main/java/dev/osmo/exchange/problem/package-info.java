/**
 * The problem types of this service, the translation of failures into them, and the error responses
 * of the OAuth routes. Touches no table, file or network.
 */
@NullMarked
package dev.osmo.exchange.problem;

import org.jspecify.annotations.NullMarked;
