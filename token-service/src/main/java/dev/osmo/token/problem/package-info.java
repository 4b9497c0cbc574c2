/**
 * How this service says no: the catalogue of problems, the refusal as a value, and the one place
 * that turns anything that went wrong into an RFC 9457 answer with a request id. No database, no
 * tokens.
 */
@NullMarked
package dev.osmo.token.problem;

import org.jspecify.annotations.NullMarked;
