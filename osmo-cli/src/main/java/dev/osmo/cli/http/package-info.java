/**
 * HTTP/1.1 over sockets: addresses, TLS, tunnels through a proxy, requests and responses as bytes.
 * The only room that opens connections. Knows neither the routes of OSMO nor the environment, and
 * prints nothing. Every failure is a {@link dev.osmo.cli.http.NetworkFault} that says what
 * happened.
 */
@NullMarked
package dev.osmo.cli.http;

import org.jspecify.annotations.NullMarked;
