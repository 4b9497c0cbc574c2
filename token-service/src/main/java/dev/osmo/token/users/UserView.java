package dev.osmo.token.users;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user as clients see it in a list.
 *
 * @param disabledAt null: enabled
 * @param disabledBy empty: enabled
 */
record UserView(
    String id,
    Instant createdAt,
    String createdBy,
    @Nullable Instant disabledAt,
    List<DisabledBy> disabledBy) {

  UserView {
    disabledBy = List.copyOf(disabledBy);
  }
}
