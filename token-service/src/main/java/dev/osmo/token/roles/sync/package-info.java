/**
 * Synchronizes the roles of a user with the groups of an identity provider, in the transaction of
 * the sign-in. Grants and removals are those of {@code roles}, with the same events.
 */
@NullMarked
package dev.osmo.token.roles.sync;

import org.jspecify.annotations.NullMarked;
