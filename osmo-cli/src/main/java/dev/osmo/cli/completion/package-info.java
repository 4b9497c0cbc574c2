/**
 * {@code osmo completion}: completion scripts and candidates for shells. Reads the command tree,
 * and the names of contexts and tokens through the session. Prints no errors.
 */
@NullMarked
package dev.osmo.cli.completion;

import org.jspecify.annotations.NullMarked;
