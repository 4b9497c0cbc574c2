/**
 * Records the last exchange of each secret in batches through {@code record_use(…)}, so that
 * responses are not delayed. The first use of a secret is written before the response, so that a
 * rotation can see it and a crash cannot lose it. Handles ids and times, never tokens.
 */
@NullMarked
package dev.osmo.exchange.lastuse;

import org.jspecify.annotations.NullMarked;
