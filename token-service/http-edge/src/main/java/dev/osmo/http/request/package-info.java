/**
 * Identification of a request in its response and in the log: the request id and the caller's trace
 * id. Touches no table, file or network.
 */
@NullMarked
package dev.osmo.http.request;

import org.jspecify.annotations.NullMarked;
