package dev.osmo.exchange.pat;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The trust of an access token in the workload whose identity it was found with. */
public record StoredTrust(
    UUID id,
    @Nullable Instant firstUsedAt,
    @Nullable Instant validUntil,
    @Nullable Instant revokedAt)
    implements StoredCredential {}
