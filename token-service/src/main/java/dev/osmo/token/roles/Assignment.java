package dev.osmo.token.roles;

import java.time.Instant;
import java.util.UUID;

/** A role that a user holds, since when and from whom. Ids are never reused. */
public record Assignment(
    UUID id, String userId, RoleName role, String assignedBy, Instant assignedAt) {}
