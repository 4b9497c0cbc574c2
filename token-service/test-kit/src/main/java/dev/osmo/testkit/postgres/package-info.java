/**
 * An embedded PostgreSQL with the migrated schema. Starts a server process; reads the bootstrap
 * script and the migrations of token-service as files.
 */
@NullMarked
package dev.osmo.testkit.postgres;

import org.jspecify.annotations.NullMarked;
