/**
 * Verifies presented tokens with Argon2 in a bounded pool and caches the result per secret. The
 * only package that runs Argon2. Uses no database, file or network.
 */
@NullMarked
package dev.osmo.exchange.pat.verification;

import org.jspecify.annotations.NullMarked;
