/**
 * Prunes removed roles from access tokens: listens for {@code role_removed} on a connection of its
 * own and calls {@code prune_removals(n)}. Reads {@code role_removal}; sees no token.
 */
@NullMarked
package dev.osmo.exchange.prune;

import org.jspecify.annotations.NullMarked;
