/**
 * Roles are given, to one user or to many, and who holds what is shown. Writes {@code
 * role_assignment}.
 */
@NullMarked
package dev.osmo.token.roles.grant;

import org.jspecify.annotations.NullMarked;
