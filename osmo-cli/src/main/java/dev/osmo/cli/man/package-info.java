/**
 * {@code osmo man}: manual pages made from the command tree, so that they cannot say anything else
 * than {@code --help}. Touches the standard streams, the {@code man} program at a terminal, and the
 * directory it is told to write pages to.
 */
@NullMarked
package dev.osmo.cli.man;

import org.jspecify.annotations.NullMarked;
