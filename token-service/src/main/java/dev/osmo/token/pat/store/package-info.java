/**
 * Stored access tokens: their rows, the token that a request addresses, and idempotency keys. Reads
 * and writes {@code access_token}, {@code access_token_secret} and {@code idempotency_key} inside
 * the transaction of the use case. No stored secret can be read back.
 */
@NullMarked
package dev.osmo.token.pat.store;

import org.jspecify.annotations.NullMarked;
