/**
 * When each secret was last exchanged: remembered for a moment, then written in batches through
 * record_use(…), so that no answer waits for it. Sees ids and times, no token. What a crash loses
 * is what this room had not written yet.
 */
@NullMarked
package dev.osmo.exchange.lastuse;

import org.jspecify.annotations.NullMarked;
