/**
 * The terminal: detects terminals and their width, measures text, reads input without echo, and
 * shows progress. Runs {@code stty} and reads {@code /proc/self/fd}.
 */
@NullMarked
package dev.osmo.cli.tty;

import org.jspecify.annotations.NullMarked;
