/**
 * {@code osmo profile …}: the user's own settings as the server keeps them. Touches the server
 * through the session only.
 */
@NullMarked
package dev.osmo.cli.profile;

import org.jspecify.annotations.NullMarked;
