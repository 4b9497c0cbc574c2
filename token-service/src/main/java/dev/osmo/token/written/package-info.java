/**
 * What callers write, read strictly: times, durations, text for people, values that are empty.
 * Knows no table.
 */
@NullMarked
package dev.osmo.token.written;

import org.jspecify.annotations.NullMarked;
