/**
 * The environment variables, the paths that depend on them, the requested context, and the cleanup
 * on an interrupt. Touches the process environment only. Package {@code session} reads the
 * variables that contain an access token.
 */
@NullMarked
package dev.osmo.cli.environment;

import org.jspecify.annotations.NullMarked;
