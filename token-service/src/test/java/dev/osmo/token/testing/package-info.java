/**
 * What the tests stand on: a migrated PostgreSQL, a stand-in for the exchange's keys, and the
 * caller's JWTs.
 */
@NullMarked
package dev.osmo.token.testing;

import org.jspecify.annotations.NullMarked;
