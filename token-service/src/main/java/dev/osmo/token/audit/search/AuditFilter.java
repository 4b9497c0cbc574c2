package dev.osmo.token.audit.search;

import dev.osmo.token.paging.PageRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which audit events to return. A null field does not filter.
 *
 * @param userId the user they concern
 * @param after inclusive
 * @param before exclusive
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
