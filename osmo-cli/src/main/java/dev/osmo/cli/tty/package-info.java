/**
 * The terminal: whether a stream is one, its width, the width of text on it, input without echo,
 * and the progress indicator. Touches the terminal through the operating system and prints only the
 * progress indicator.
 */
@NullMarked
package dev.osmo.cli.tty;

import org.jspecify.annotations.NullMarked;
