/**
 * The identity providers: their discovery documents, and the requests of OAuth that this system
 * sends them for its clients. The only package that connects to identity providers. Verifies no
 * token and uses no table.
 */
@NullMarked
package dev.osmo.exchange.provider;

import org.jspecify.annotations.NullMarked;
