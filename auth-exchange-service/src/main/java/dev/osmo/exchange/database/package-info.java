/**
 * The one pool to PostgreSQL with its limits in time, the schema this release needs, and the
 * address for the listener's own connection. Knows no table but the migration history.
 */
@NullMarked
package dev.osmo.exchange.database;

import org.jspecify.annotations.NullMarked;
