package dev.osmo.token.users;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user as clients see it in a list.
 *
 * @param disabledAt null: enabled
 */
record UserView(String id, Instant createdAt, String createdBy, @Nullable Instant disabledAt) {}
