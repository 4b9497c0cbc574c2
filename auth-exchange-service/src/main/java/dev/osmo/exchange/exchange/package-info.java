/**
 * The exchange: validates a presented access token, issues a short-lived JWT and records it. Reads
 * through room {@code pat} and signs through room {@code jwt}; has no SQL and no key of its own.
 */
@NullMarked
package dev.osmo.exchange.exchange;

import org.jspecify.annotations.NullMarked;
