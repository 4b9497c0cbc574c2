/**
 * {@code osmo man}: manual pages generated from the command tree. Touches the standard streams, the
 * {@code man} program at a terminal, and the directory that {@code --to} names.
 */
@NullMarked
package dev.osmo.cli.man;

import org.jspecify.annotations.NullMarked;
