/**
 * The launcher of the local stack. {@link CannotStart} is the one failure that it reports: a
 * message for the user.
 */
@NullMarked
package dev.osmo.local;

import org.jspecify.annotations.NullMarked;
