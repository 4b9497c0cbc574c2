/**
 * The environment variables, the paths that depend on them, the requested context, and what to
 * clean up on an interrupt. Touches the process environment only. The session room reads the
 * variables that hold an access token.
 */
@NullMarked
package dev.osmo.cli.environment;

import org.jspecify.annotations.NullMarked;
