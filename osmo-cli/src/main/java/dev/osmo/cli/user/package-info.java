/**
 * {@code osmo user …}: users and their roles, for administrators. Touches the server through the
 * session only.
 */
@NullMarked
package dev.osmo.cli.user;

import org.jspecify.annotations.NullMarked;
