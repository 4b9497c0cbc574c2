/**
 * What this room does: the stack's child processes. Starts them with a log file each, notices one
 * that dies, stops them in the reverse order of their start, and finds those that a killed launcher
 * left behind. Knows nothing of what the processes do.
 */
@NullMarked
package dev.osmo.local.process;

import org.jspecify.annotations.NullMarked;
