/**
 * Requests to other systems: identity providers and token-service. Follows no redirect, and limits
 * the time, the size and the number of requests. Uses no table and no key.
 */
@NullMarked
package dev.osmo.exchange.outgoing;

import org.jspecify.annotations.NullMarked;
