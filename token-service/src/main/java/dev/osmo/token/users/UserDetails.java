package dev.osmo.token.users;

import dev.osmo.token.roles.Assignment;
import dev.osmo.token.roles.AssignmentView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A single user as clients see it. */
record UserDetails(
    String id,
    Instant createdAt,
    String createdBy,
    @Nullable Instant disabledAt,
    List<DisabledBy> disabledBy,
    List<AssignmentView> roles) {

  static UserDetails of(UserView user, List<Assignment> held) {
    return new UserDetails(
        user.id(),
        user.createdAt(),
        user.createdBy(),
        user.disabledAt(),
        user.disabledBy(),
        held.stream().map(AssignmentView::of).toList());
  }
}
