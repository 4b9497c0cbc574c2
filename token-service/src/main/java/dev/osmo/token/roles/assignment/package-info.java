/**
 * Assign roles to users, remove them, list them, and preview what a removal takes from access
 * tokens. Writes {@code role_assignment}. The database itself writes the removal event.
 */
@NullMarked
package dev.osmo.token.roles.assignment;

import org.jspecify.annotations.NullMarked;
