/**
 * Test fixtures: a test environment with PostgreSQL and a stand-in for the exchange, users with
 * JWTs, requests and rows. Writes every table.
 */
@NullMarked
package dev.osmo.token.testing;

import org.jspecify.annotations.NullMarked;
