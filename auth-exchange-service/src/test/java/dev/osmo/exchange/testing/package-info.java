/**
 * What the tests stand on: a migrated PostgreSQL, the key files, and people with tokens as
 * token-service would have written them.
 */
@NullMarked
package dev.osmo.exchange.testing;

import org.jspecify.annotations.NullMarked;
