/**
 * Error messages: what was mistyped, what to do next, and their JSON form. Reads the command tree;
 * touches no file and no network.
 */
@NullMarked
package dev.osmo.cli.errors;

import org.jspecify.annotations.NullMarked;
