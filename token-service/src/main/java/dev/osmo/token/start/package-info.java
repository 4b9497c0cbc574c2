/**
 * Startup and readiness: schema version, a pepper for every live secret, the first administrator.
 * Reads {@code flyway_schema_history} and the pepper ids in use. Writes {@code pepper_check}.
 */
@NullMarked
package dev.osmo.token.start;

import org.jspecify.annotations.NullMarked;
