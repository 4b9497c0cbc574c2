package dev.osmo.token.roles;

import java.time.Instant;
import java.util.UUID;

/** That a user holds a role, since when and from whom. Its id is never used again. */
public record Assignment(
    UUID id, String userId, RoleName role, String assignedBy, Instant assignedAt) {}
