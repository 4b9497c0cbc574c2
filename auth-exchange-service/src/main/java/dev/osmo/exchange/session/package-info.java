/**
 * The sessions of people who signed in through an identity provider: reads a session that can be
 * used with the current roles of its user, and ends one. token-service creates and renews sessions.
 */
@NullMarked
package dev.osmo.exchange.session;

import org.jspecify.annotations.NullMarked;
