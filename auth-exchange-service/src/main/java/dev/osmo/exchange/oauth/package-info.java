/**
 * The exchange in the words of OAuth: token exchange (RFC 8693), and what the OAuth rooms share.
 * Translates forms to the rooms that do the work and their outcomes back; touches no table and no
 * key by itself.
 */
@NullMarked
package dev.osmo.exchange.oauth;

import org.jspecify.annotations.NullMarked;
