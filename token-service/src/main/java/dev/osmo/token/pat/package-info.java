/**
 * The life of personal access tokens: created with a snapshot of roles, listed, shown, rotated,
 * suspended and resumed, deleted. Writes {@code access_token}, {@code access_token_secret} and
 * {@code access_token_role}; can read no secret back.
 */
@NullMarked
package dev.osmo.token.pat;

import org.jspecify.annotations.NullMarked;
