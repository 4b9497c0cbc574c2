/**
 * {@code osmo profile …}: the user's settings on the server. Touches the server through the session
 * only.
 */
@NullMarked
package dev.osmo.cli.profile;

import org.jspecify.annotations.NullMarked;
