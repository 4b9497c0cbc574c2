/**
 * HTTP: every route that osmo calls, requests and responses as values, and the transport with TLS,
 * proxies, time and size limits, retries and the trace. Touches the network and the file of trusted
 * certificates. Sends JWTs, and an access token in the exchange and the leak report; prints
 * neither.
 */
@NullMarked
package dev.osmo.cli.server;

import org.jspecify.annotations.NullMarked;
