/**
 * Where tokens are made: randomness, the checksum, the pepper, Argon2. No database, no HTTP. A
 * token's text lives in {@link dev.osmo.pat.PatText} and nowhere else.
 */
@NullMarked
package dev.osmo.token.minting;

import org.jspecify.annotations.NullMarked;
