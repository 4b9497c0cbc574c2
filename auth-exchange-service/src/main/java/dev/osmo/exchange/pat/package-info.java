/**
 * Stored tokens: the one lookup statement, what a living token may do, and the end of a secret.
 * Reads access_token_secret, access_token, users, role_assignment and access_token_role.
 */
@NullMarked
package dev.osmo.exchange.pat;

import org.jspecify.annotations.NullMarked;
