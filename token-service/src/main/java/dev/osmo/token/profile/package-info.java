/**
 * What clients request before anything else: the caller's profile, the pools, the version. Writes
 * {@code profile}.
 */
@NullMarked
package dev.osmo.token.profile;

import org.jspecify.annotations.NullMarked;
