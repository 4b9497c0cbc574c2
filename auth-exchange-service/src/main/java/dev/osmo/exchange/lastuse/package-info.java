/**
 * Records when each secret was last exchanged, in batches through {@code record_use(…)}, so that no
 * response waits. The first use of a secret is written before the response, so that a rotation can
 * see it and a crash cannot lose it. Sees ids and times, no token.
 */
@NullMarked
package dev.osmo.exchange.lastuse;

import org.jspecify.annotations.NullMarked;
