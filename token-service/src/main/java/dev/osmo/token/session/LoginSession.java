package dev.osmo.token.session;

import java.time.Instant;
import java.util.UUID;

/** A session that can be used. */
public record LoginSession(UUID id, Instant expiresAt) {}
