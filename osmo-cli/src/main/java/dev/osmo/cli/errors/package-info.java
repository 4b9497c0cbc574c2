/**
 * Error messages: the mistyped word, the next step, and the JSON form. Reads the command tree;
 * touches no file and no network.
 */
@NullMarked
package dev.osmo.cli.errors;

import org.jspecify.annotations.NullMarked;
