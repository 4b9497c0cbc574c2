/**
 * Checks before a service starts: secret files, settings, and the error message of a failed check.
 */
@NullMarked
package dev.osmo.http.start;

import org.jspecify.annotations.NullMarked;
