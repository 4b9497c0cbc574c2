/**
 * Assigns, removes and lists roles of users, and previews the effect of a removal on access tokens.
 * Writes {@code role_assignment}. A database trigger writes the removal event.
 */
@NullMarked
package dev.osmo.token.roles.assignment;

import org.jspecify.annotations.NullMarked;
