/**
 * Authenticates the caller. Verifies the JWT with the exchange's published keys, then reads the
 * caller's current permissions in one statement: the JWT alone never authorises anything. The only
 * package that uses SmallRye JWT and jose4j. Reads users, tokens, secrets, sessions and
 * assignments; its only network peer is the exchange's key set address.
 */
@NullMarked
package dev.osmo.token.caller;

import org.jspecify.annotations.NullMarked;
