/**
 * What this room does: plays the tutorial against the running stack, through the same {@code osmo}
 * command that people type, and shows each command with its output. Keeps its login in {@code
 * demo/} of the data folder and removes it again.
 */
@NullMarked
package dev.osmo.local.demo;

import org.jspecify.annotations.NullMarked;
