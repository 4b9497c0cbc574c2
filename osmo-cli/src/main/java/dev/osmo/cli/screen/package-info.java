/**
 * The terminal in front of a person, if there is one: whether a stream leads to it, how wide it is,
 * how much room a text takes on it, and the sign that something is being waited for. Asks the
 * operating system; prints nothing but that sign.
 */
@NullMarked
package dev.osmo.cli.screen;

import org.jspecify.annotations.NullMarked;
