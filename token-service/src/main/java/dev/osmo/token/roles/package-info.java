/**
 * Roles, and who holds them. Writes {@code role} and {@code role_assignment}; the removal event is
 * written by the database itself. Every change of what a user holds takes the lock of {@link
 * dev.osmo.token.roles.UserLocks} first.
 */
@NullMarked
package dev.osmo.token.roles;

import org.jspecify.annotations.NullMarked;
