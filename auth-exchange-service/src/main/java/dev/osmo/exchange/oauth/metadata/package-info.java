/** The documents that announce all this (RFC 8414, OpenID Connect Discovery). Touch nothing. */
@NullMarked
package dev.osmo.exchange.oauth.metadata;

import org.jspecify.annotations.NullMarked;
