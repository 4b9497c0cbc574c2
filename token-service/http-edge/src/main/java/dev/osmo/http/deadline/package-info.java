/**
 * Deadlines for slow clients: for the first byte of an answer and for the end of a body. Touches no
 * table and no file.
 */
@NullMarked
package dev.osmo.http.deadline;

import org.jspecify.annotations.NullMarked;
