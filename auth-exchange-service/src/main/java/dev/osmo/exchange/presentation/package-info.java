/**
 * The way in for every presented token: limits, look-up, Argon2 where it must be, and the pure
 * policy. Says what may be exchanged and signs nothing. Touches no table by itself.
 */
@NullMarked
package dev.osmo.exchange.presentation;

import org.jspecify.annotations.NullMarked;
