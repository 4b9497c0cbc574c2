package dev.osmo.token.pat.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is written of a token when it is created; the rest the database says. */
public record NewTokenRow(
    String id,
    String userId,
    String name,
    String description,
    Instant expiresAt,
    @Nullable Instant renewableUntil,
    String createdBy,
    @Nullable String parentId) {}
