/**
 * Starts the service in order, runs the operator's commands and reports readiness. Reads {@code
 * signing_key} for readiness only.
 */
@NullMarked
package dev.osmo.exchange.start;

import org.jspecify.annotations.NullMarked;
