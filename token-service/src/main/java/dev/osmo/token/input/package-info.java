/**
 * Parsing and checking of what callers send in parameters and texts. Unreadable, repeated and
 * unknown input is rejected. Pure values: no database.
 */
@NullMarked
package dev.osmo.token.input;

import org.jspecify.annotations.NullMarked;
