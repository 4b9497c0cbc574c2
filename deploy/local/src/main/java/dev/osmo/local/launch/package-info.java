/**
 * The command {@code deploy/local/up}. Reads the options, starts everything in order, shows the
 * progress and a summary, and waits. Uses every other package; no other package uses it.
 */
@NullMarked
package dev.osmo.local.launch;

import org.jspecify.annotations.NullMarked;
