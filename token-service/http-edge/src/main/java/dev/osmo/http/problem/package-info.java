/**
 * Error responses: the catalogue of problems, a refusal as a value, and the only translation of
 * failures into RFC 9457 responses with a request id. Services add their own problems, translators
 * and renderings. Touches no table, file or network.
 */
@NullMarked
package dev.osmo.http.problem;

import org.jspecify.annotations.NullMarked;
