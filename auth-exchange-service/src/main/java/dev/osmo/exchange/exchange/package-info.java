/**
 * The exchange itself: a personal access token in, a short-lived JWT out. Resource, use case and
 * the pure policy between them. Touches no table by itself: room pat reads, room jwt signs.
 */
@NullMarked
package dev.osmo.exchange.exchange;

import org.jspecify.annotations.NullMarked;
