/**
 * The connection pool to the primary with its timeouts, the lease of commits, and the schema
 * version that this release needs. Reads {@code flyway_schema_history} only.
 */
@NullMarked
package dev.osmo.exchange.database;

import org.jspecify.annotations.NullMarked;
