package dev.osmo.token.signin;

import java.time.Instant;
import java.util.UUID;

/**
 * A session that can be used.
 *
 * @param name of the user for people, or the user id
 * @param created whether this sign-in created the user
 */
record SessionView(
    UUID sessionId, String userId, String name, Instant expiresAt, boolean created) {}
