package dev.osmo.token.users;

import java.time.Instant;

/** A user as clients see one in a list. */
record UserView(String id, Instant createdAt, String createdBy) {}
