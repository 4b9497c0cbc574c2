package dev.osmo.token.pat.lifecycle;

import dev.osmo.token.pat.store.TokenView;

/**
 * A token that is revoked now.
 *
 * @param derived how many tokens that were created with it remain
 */
public record RevokedToken(TokenView token, long derived) {}
