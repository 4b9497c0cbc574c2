/**
 * The OAuth 2.0 endpoints for token exchange (RFC 8693) and revocation (RFC 7009). Translates forms
 * and outcomes; the work is done in rooms {@code exchange} and {@code pat}. Has no SQL and no key
 * of its own.
 */
@NullMarked
package dev.osmo.exchange.oauth;

import org.jspecify.annotations.NullMarked;
