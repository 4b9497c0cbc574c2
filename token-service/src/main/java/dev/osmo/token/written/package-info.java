/**
 * What callers write into addresses, read strictly: times, durations, values that are empty. Knows
 * no table.
 */
@NullMarked
package dev.osmo.token.written;

import org.jspecify.annotations.NullMarked;
