/**
 * What identifies a request in its answer and in the log: its own id and the trace that the caller
 * began. Touches no table, file or network.
 */
@NullMarked
package dev.osmo.http.request;

import org.jspecify.annotations.NullMarked;
