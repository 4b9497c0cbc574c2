package dev.osmo.token.pat.history;

import dev.osmo.http.denial.RemovedRole;
import dev.osmo.token.database.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A role that the token lost.
 *
 * @param prunedAt null until it is removed from the snapshot; it has no effect from the removal on
 * @param alsoRemovedFrom the names of the owner's other tokens that lost it at the same time
 */
record RemovedRoleView(
    String role,
    String removedBy,
    Instant removedAt,
    @Nullable Instant prunedAt,
    List<String> alsoRemovedFrom) {

  RemovedRoleView {
    alsoRemovedFrom = List.copyOf(alsoRemovedFrom);
  }

  static RemovedRoleView of(Row row) {
    return new RemovedRoleView(
        row.text("role_name"),
        row.text("removed_by"),
        row.instant("removed_at"),
        row.instantOrNull("pruned_at"),
        row.texts("also_removed_from"));
  }

  RemovedRole removal() {
    return new RemovedRole(role, removedBy, removedAt);
  }
}
