/**
 * The rows of tokens and their secrets, and a token as a list shows it. Reads and writes {@code
 * access_token} and {@code access_token_secret} inside the caller's transaction; can read no secret
 * back.
 */
@NullMarked
package dev.osmo.token.pat.row;

import org.jspecify.annotations.NullMarked;
