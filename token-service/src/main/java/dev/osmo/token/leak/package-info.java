/**
 * Reports of leaked tokens: who has the text may end the token, without a login. Calls the
 * database's {@code revoke_leaked}; touches no table.
 */
@NullMarked
package dev.osmo.token.leak;

import org.jspecify.annotations.NullMarked;
