/** The end of a token for who has it (RFC 7009). Room pat does it; this one translates. */
@NullMarked
package dev.osmo.exchange.oauth.revocation;

import org.jspecify.annotations.NullMarked;
