package dev.osmo.token.caller;

import java.time.Instant;
import java.util.UUID;

/**
 * The access token that was exchanged for the caller's JWT.
 *
 * @param secretId the secret that was exchanged, recorded as the origin of each secret that the
 *     caller makes
 */
public record CallingPat(String id, String name, Instant expiresAt, UUID secretId) {}
