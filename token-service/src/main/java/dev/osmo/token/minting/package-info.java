/**
 * Minting of access tokens: randomness, checksum, pepper and Argon2. No database, no HTTP. A
 * token's text exists only as {@link dev.osmo.pat.PatText}.
 */
@NullMarked
package dev.osmo.token.minting;

import org.jspecify.annotations.NullMarked;
