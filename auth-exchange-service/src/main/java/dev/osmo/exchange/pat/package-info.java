/**
 * Stored tokens: finds them by lookup or by id, and revokes a presented secret. Reads {@code
 * access_token_secret}, {@code access_token}, {@code users}, and the views and functions that
 * define usable secrets and effective roles.
 */
@NullMarked
package dev.osmo.exchange.pat;

import org.jspecify.annotations.NullMarked;
