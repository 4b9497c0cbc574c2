package dev.osmo.token.audit.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An audit event as administrators see it. */
record AuditView(
    long id,
    Instant at,
    String actor,
    @Nullable String viaPatId,
    @Nullable UUID viaSessionId,
    @Nullable String jti,
    String action,
    @Nullable String userId,
    @Nullable String patId,
    @Nullable String requestId,
    JsonNode details) {}
