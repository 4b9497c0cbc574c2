/**
 * The texts of access tokens and refresh tokens, and everything derived from an access token
 * without a database: checksum, scan pattern, lookup, pepper file and token id. Depends on the JDK
 * only, so that both services, the command line and the launcher share it. Touches no file and no
 * network.
 */
@NullMarked
package dev.osmo.pat;

import org.jspecify.annotations.NullMarked;
