/**
 * The child processes of the stack. Starts each with a log file, detects an unexpected exit, stops
 * the processes in reverse order of their start, and finds those that a killed launcher left
 * running. Independent of what the processes do.
 */
@NullMarked
package dev.osmo.local.process;

import org.jspecify.annotations.NullMarked;
