/**
 * Resources that clients read at startup: the caller's profile, the pools and the version. Writes
 * {@code profile}.
 */
@NullMarked
package dev.osmo.token.profile;

import org.jspecify.annotations.NullMarked;
