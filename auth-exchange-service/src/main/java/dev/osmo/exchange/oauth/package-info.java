/**
 * The OAuth 2.0 endpoints for token exchange (RFC 8693) and revocation (RFC 7009). Converts forms
 * and outcomes; packages {@code exchange} and {@code pat} do the work. Runs no SQL and holds no
 * keys.
 */
@NullMarked
package dev.osmo.exchange.oauth;

import org.jspecify.annotations.NullMarked;
