/**
 * What a service checks before it starts: secret files, and one sentence when it must not start.
 */
@NullMarked
package dev.osmo.http.start;

import org.jspecify.annotations.NullMarked;
