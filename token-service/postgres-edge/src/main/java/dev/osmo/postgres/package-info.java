/**
 * Connections to the primary of a PostgreSQL with standbys, and the lease that ends when its
 * commits do not return. Reads {@code pg_stat_activity} for the service's own connections; knows no
 * table.
 */
@NullMarked
package dev.osmo.postgres;

import org.jspecify.annotations.NullMarked;
