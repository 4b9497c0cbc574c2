/**
 * The explanation of a refusal for the holder of an access token: which reason applies, since when,
 * by whom, and the commands to type next. Pure; both services use the same sentences. The shape is
 * {@code src-docs/contracts/denials.json}.
 */
@NullMarked
package dev.osmo.http.denial;

import org.jspecify.annotations.NullMarked;
