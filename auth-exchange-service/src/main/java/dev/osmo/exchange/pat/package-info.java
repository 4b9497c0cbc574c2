/**
 * Stored tokens: finds them by lookup or by id, and revokes a presented secret. Reads
 * access_token_secret, access_token, users, role_assignment and access_token_role.
 */
@NullMarked
package dev.osmo.exchange.pat;

import org.jspecify.annotations.NullMarked;
