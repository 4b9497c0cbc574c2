package dev.osmo.token.session;

import java.time.Instant;
import java.util.UUID;

/**
 * A session that could be used when it was read.
 *
 * @param provider the operator's name for the identity provider
 * @param verifiedAt when the provider last confirmed the user
 */
record StoredSession(
    UUID id,
    String provider,
    String clientId,
    Instant createdAt,
    Instant verifiedAt,
    Instant expiresAt) {}
