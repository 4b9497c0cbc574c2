/**
 * The exchange itself in OSMO's words: a personal access token in, a short-lived JWT out, and the
 * record of it. Touches no table by itself: room presentation judges, room jwt signs.
 */
@NullMarked
package dev.osmo.exchange.exchange;

import org.jspecify.annotations.NullMarked;
