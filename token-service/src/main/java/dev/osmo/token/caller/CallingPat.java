package dev.osmo.token.caller;

import java.time.Instant;

/** The token whose exchange made the caller's JWT. */
public record CallingPat(String id, String name, Instant expiresAt) {}
