/**
 * The entry point: the command tree, the place where a failure becomes an exit code and a message,
 * and {@code osmo version}.
 */
@NullMarked
package dev.osmo.cli;

import org.jspecify.annotations.NullMarked;
