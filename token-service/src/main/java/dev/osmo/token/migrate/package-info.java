/**
 * Brings the schema to the version that this build needs, and ends. A start mode of its own with
 * the database owner's credentials, which the service never holds; it talks to the database and to
 * the two streams it is given, and starts no HTTP server.
 */
@NullMarked
package dev.osmo.token.migrate;

import org.jspecify.annotations.NullMarked;
