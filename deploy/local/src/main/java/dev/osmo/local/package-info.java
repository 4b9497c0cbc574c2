/**
 * The launcher of the local stack. {@link CannotStart} is the one failure that it reports: a
 * message for the person who typed the command.
 */
@NullMarked
package dev.osmo.local;

import org.jspecify.annotations.NullMarked;
