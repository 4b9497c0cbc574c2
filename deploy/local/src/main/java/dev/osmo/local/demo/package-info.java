/**
 * Runs the tutorial against the running stack with the real {@code osmo} command, and shows each
 * command with its output. Keeps its session in {@code demo/} of the data folder and deletes it at
 * the end.
 */
@NullMarked
package dev.osmo.local.demo;

import org.jspecify.annotations.NullMarked;
