/**
 * Sending one request and waiting for its answer: TLS, proxies, time limits, bounded bodies,
 * repetitions, and the trace of it. Touches the network and the file of trusted certificates; knows
 * bearer texts only as headers to send, and shows none.
 */
@NullMarked
package dev.osmo.cli.server.transport;

import org.jspecify.annotations.NullMarked;
