/** Users and service accounts, managed by administrators. Writes {@code users}. */
@NullMarked
package dev.osmo.token.users;

import org.jspecify.annotations.NullMarked;
