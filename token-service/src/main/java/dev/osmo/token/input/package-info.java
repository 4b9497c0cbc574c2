/**
 * Strict readers for what callers send: times, durations and text. Unknown, repeated and empty
 * parameters are rejected. Touches no table.
 */
@NullMarked
package dev.osmo.token.input;

import org.jspecify.annotations.NullMarked;
