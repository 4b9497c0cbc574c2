/**
 * Startup and readiness: peppers, schema version, a pepper for every live secret, the first
 * administrator. Reads {@code flyway_schema_history} and the pepper ids in use.
 */
@NullMarked
package dev.osmo.token.start;

import org.jspecify.annotations.NullMarked;
