/**
 * Whether a presented token is the stored secret: Argon2, once for each and process, in a bounded
 * pool. Touches no table, file or network.
 */
@NullMarked
package dev.osmo.exchange.pat.verification;

import org.jspecify.annotations.NullMarked;
