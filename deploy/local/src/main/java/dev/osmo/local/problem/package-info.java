/**
 * What this room does: says what is wrong. {@link CannotStart} is one sentence for whoever typed
 * the command; {@link ProblemType} is the catalogue of what the gateway and the sample workflow API
 * answer (RFC 9457). Touches nothing but the response it is given.
 */
@NullMarked
package dev.osmo.local.problem;

import org.jspecify.annotations.NullMarked;
