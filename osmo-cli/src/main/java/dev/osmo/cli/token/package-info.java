/**
 * {@code osmo token …}: the life of personal access tokens as their owner, or an administrator,
 * sees it. Touches the server through the session only.
 */
@NullMarked
package dev.osmo.cli.token;

import org.jspecify.annotations.NullMarked;
