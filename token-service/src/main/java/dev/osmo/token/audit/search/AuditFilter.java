package dev.osmo.token.audit.search;

import dev.osmo.token.paging.PageRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events to show; what is null leaves out nothing.
 *
 * @param userId whom it concerns
 * @param after the first moment
 * @param before the first moment past the last
 */
record AuditFilter(
    @Nullable String userId,
    @Nullable String actor,
    @Nullable String patId,
    @Nullable String jti,
    @Nullable String action,
    @Nullable Instant after,
    @Nullable Instant before,
    PageRequest page) {}
