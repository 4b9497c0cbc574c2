/**
 * How a service refuses a request: the catalogue of problems, the refusal as a value, and the one
 * place that turns any failure into an RFC 9457 answer with a request id. Services add their own
 * problems, translators and renderings. Touches no table, file or network.
 */
@NullMarked
package dev.osmo.http.problem;

import org.jspecify.annotations.NullMarked;
