/**
 * The connection pool to PostgreSQL with its timeouts, the schema version that this release needs,
 * and the connection options of the {@code LISTEN} connection. Reads {@code flyway_schema_history}
 * only.
 */
@NullMarked
package dev.osmo.exchange.database;

import org.jspecify.annotations.NullMarked;
