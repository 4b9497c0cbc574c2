/**
 * Who is calling, and what that caller may do now. Verifies the JWT with the exchange's published
 * keys, then reads in one statement what is left of the rights it names: the JWT alone never
 * authorises anything. Reads users, tokens, secrets and assignments; talks to the exchange's key
 * address and to nobody else.
 */
@NullMarked
package dev.osmo.token.caller;

import org.jspecify.annotations.NullMarked;
