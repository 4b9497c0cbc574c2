/**
 * Roles and their assignment to users. Writes {@code role} and {@code role_assignment}; a database
 * trigger writes the removal event. Every change of a user's roles first takes the lock of {@link
 * dev.osmo.token.roles.UserLocks}.
 */
@NullMarked
package dev.osmo.token.roles;

import org.jspecify.annotations.NullMarked;
