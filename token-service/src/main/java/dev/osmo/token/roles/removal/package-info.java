/**
 * Roles are taken. Deletes from {@code role_assignment}; the event is written by the database
 * itself.
 */
@NullMarked
package dev.osmo.token.roles.removal;

import org.jspecify.annotations.NullMarked;
