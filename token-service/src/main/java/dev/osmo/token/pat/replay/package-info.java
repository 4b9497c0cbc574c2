/** The same creation asked for twice. Writes {@code idempotency_key}: hashes only, for a day. */
@NullMarked
package dev.osmo.token.pat.replay;

import org.jspecify.annotations.NullMarked;
