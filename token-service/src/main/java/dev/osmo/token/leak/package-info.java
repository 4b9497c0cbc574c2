/**
 * Reports of leaked tokens. Possession of a token's text is sufficient to revoke the token; no
 * authentication is required. Calls the database function {@code revoke_leaked}; uses no table.
 */
@NullMarked
package dev.osmo.token.leak;

import org.jspecify.annotations.NullMarked;
