/**
 * {@code osmo api}: one authenticated request as typed, for routes without a command. Touches the
 * server through the session, and the file that {@code --data} names.
 */
@NullMarked
package dev.osmo.cli.api;

import org.jspecify.annotations.NullMarked;
