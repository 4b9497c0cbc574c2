/**
 * The role-removal events: listens for the bell on a connection of its own and drains what is due
 * through prune_removals(n). Sees no token.
 */
@NullMarked
package dev.osmo.exchange.prune;

import org.jspecify.annotations.NullMarked;
