/**
 * What may be asked of a token: names, descriptions, ends, durations, and the operator's policy.
 * Pure values; no database, no HTTP beyond the address they are read from.
 */
@NullMarked
package dev.osmo.token.pat.terms;

import org.jspecify.annotations.NullMarked;
