/**
 * The connection pool to PostgreSQL with its timeouts, the schema version this release needs, and
 * the address of the listener's connection. Reads {@code flyway_schema_history} only.
 */
@NullMarked
package dev.osmo.exchange.database;

import org.jspecify.annotations.NullMarked;
