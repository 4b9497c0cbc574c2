/**
 * The keys that this replica signs with and publishes, kept up with the table, and what an operator
 * may order about them.
 */
@NullMarked
package dev.osmo.exchange.jwt.keys;

import org.jspecify.annotations.NullMarked;
