package dev.osmo.exchange.pat;

import dev.osmo.pat.Lookup;
import dev.osmo.pat.Phc;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of the one or two secrets of an access token.
 *
 * @param firstUsedAt null until its first exchange
 */
public record StoredSecret(
    UUID id,
    Lookup lookup,
    Phc phc,
    @Nullable Instant firstUsedAt,
    @Nullable Instant validUntil,
    @Nullable Instant revokedAt)
    implements StoredCredential {}
