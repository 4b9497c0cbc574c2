/**
 * Verifies presented tokens with Argon2, once for each secret and process, in a bounded pool. The
 * only room that runs Argon2. Uses no database, file or network.
 */
@NullMarked
package dev.osmo.exchange.pat.verification;

import org.jspecify.annotations.NullMarked;
