/**
 * People and service accounts: created, listed and deleted by administrators. Writes {@code users}.
 */
@NullMarked
package dev.osmo.token.users;

import org.jspecify.annotations.NullMarked;
