package dev.osmo.token.roles;

import java.time.Instant;

/** A held role as clients see it. */
public record AssignmentView(String roleName, String assignedBy, Instant assignedAt) {

  public static AssignmentView of(Assignment assignment) {
    return new AssignmentView(
        assignment.role().value(), assignment.assignedBy(), assignment.assignedAt());
  }
}
