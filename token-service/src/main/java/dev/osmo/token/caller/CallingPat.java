package dev.osmo.token.caller;

import java.time.Instant;

/** The access token that was exchanged for the caller's JWT. */
public record CallingPat(String id, String name, Instant expiresAt) {}
