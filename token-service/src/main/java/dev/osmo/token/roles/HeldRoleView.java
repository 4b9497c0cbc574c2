package dev.osmo.token.roles;

import java.time.Instant;

/** A role somebody holds, as clients see it. */
public record HeldRoleView(String roleName, String assignedBy, Instant assignedAt) {

  public static HeldRoleView of(Assignment assignment) {
    return new HeldRoleView(
        assignment.role().value(), assignment.assignedBy(), assignment.assignedAt());
  }
}
