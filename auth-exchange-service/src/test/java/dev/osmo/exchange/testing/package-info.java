/**
 * Test fixtures: settings and key files of the service, and users with access tokens as
 * token-service would have written them. Writes every table.
 */
@NullMarked
package dev.osmo.exchange.testing;

import org.jspecify.annotations.NullMarked;
