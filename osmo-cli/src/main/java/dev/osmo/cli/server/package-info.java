/**
 * One HTTP request and its answer, as values: the address and paths below it, what may be sent
 * again, and what a problem document means to the shell. Touches nothing; {@code server.transport}
 * does the sending.
 */
@NullMarked
package dev.osmo.cli.server;

import org.jspecify.annotations.NullMarked;
