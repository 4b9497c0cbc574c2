/**
 * What this room does: the one command. Reads the options, starts everything in order with visible
 * progress, says what runs where, and waits. It may use every other room; no other room uses it.
 */
@NullMarked
package dev.osmo.local.launch;

import org.jspecify.annotations.NullMarked;
