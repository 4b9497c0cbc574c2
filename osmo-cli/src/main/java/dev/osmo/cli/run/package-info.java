/**
 * {@code osmo run}: another program with a fresh JWT, and nothing longer-lived, in its hands.
 * Starts that program, forwards signals to it, and may keep the JWT in a temporary file of its
 * owner.
 */
@NullMarked
package dev.osmo.cli.run;

import org.jspecify.annotations.NullMarked;
