/**
 * Documents that clients read before they sign in: login endpoints, RFC 8414 metadata and OpenID
 * Connect discovery. Touches no table.
 */
@NullMarked
package dev.osmo.exchange.discovery;

import org.jspecify.annotations.NullMarked;
