/**
 * When each secret was last exchanged: remembered for a moment, then written in batches through
 * record_use(…), so that no answer waits for it. Only the first use of a secret is written before
 * the answer, so that a rotation can tell. Sees ids and times, no token. What a crash loses is what
 * this room had not written yet: never a first use.
 */
@NullMarked
package dev.osmo.exchange.lastuse;

import org.jspecify.annotations.NullMarked;
