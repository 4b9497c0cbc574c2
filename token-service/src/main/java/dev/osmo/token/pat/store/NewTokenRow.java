package dev.osmo.token.pat.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The columns of a new token that the database does not set itself. */
public record NewTokenRow(
    String id,
    String userId,
    String name,
    String description,
    Instant expiresAt,
    @Nullable Instant renewableUntil,
    String createdBy,
    @Nullable String parentId) {}
