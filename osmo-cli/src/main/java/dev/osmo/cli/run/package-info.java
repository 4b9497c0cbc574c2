/**
 * {@code osmo run}: runs another program with a valid JWT, without the access token. Starts the
 * program, forwards signals to it, and may write the JWT to a temporary file.
 */
@NullMarked
package dev.osmo.cli.run;

import org.jspecify.annotations.NullMarked;
