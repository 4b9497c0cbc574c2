/**
 * The promises that the database keeps by itself, tried on a real PostgreSQL as each database user:
 * what the services' code would have to do wrong, these tests do on purpose.
 */
@NullMarked
package dev.osmo.token.schema;

import org.jspecify.annotations.NullMarked;
