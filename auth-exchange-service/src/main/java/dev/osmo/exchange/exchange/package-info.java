/**
 * The exchange: validates a presented access token, issues a short-lived JWT and records the
 * exchange. Uses packages {@code pat} and {@code jwt}; runs no SQL and holds no keys.
 */
@NullMarked
package dev.osmo.exchange.exchange;

import org.jspecify.annotations.NullMarked;
