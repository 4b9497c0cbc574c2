/**
 * Reports of leaked tokens: whoever has a token's text may revoke it, without authentication. Calls
 * the database function {@code revoke_leaked}; uses no table.
 */
@NullMarked
package dev.osmo.token.leak;

import org.jspecify.annotations.NullMarked;
