/**
 * What must be true before this service serves: peppers, a schema that is new enough, a pepper for
 * every live secret, the first administrator. Reads {@code flyway_schema_history} and the pepper
 * ids in use.
 */
@NullMarked
package dev.osmo.token.start;

import org.jspecify.annotations.NullMarked;
