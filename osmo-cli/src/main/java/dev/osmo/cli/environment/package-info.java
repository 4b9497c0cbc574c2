/**
 * What osmo was started with: the environment variables, the paths that follow from them, and the
 * context that was asked for. Touches the variables of the process and nothing else; that some of
 * them hold a token is the business of the session rooms.
 */
@NullMarked
package dev.osmo.cli.environment;

import org.jspecify.annotations.NullMarked;
