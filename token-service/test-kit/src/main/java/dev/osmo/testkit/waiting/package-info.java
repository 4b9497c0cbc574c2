/** Waiting for events on a busy machine. */
@NullMarked
package dev.osmo.testkit.waiting;

import org.jspecify.annotations.NullMarked;
