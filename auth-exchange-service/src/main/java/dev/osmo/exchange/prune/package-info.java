/**
 * Prunes removed roles from access tokens: listens for {@code role_removed} on a separate
 * connection and calls {@code prune_removals(n)}. Reads {@code role_removal}; handles no token
 * texts.
 */
@NullMarked
package dev.osmo.exchange.prune;

import org.jspecify.annotations.NullMarked;
