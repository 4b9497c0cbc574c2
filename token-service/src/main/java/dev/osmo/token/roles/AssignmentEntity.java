package dev.osmo.token.roles;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/**
 * Read only here: an assignment is inserted without its id, which the database chooses, and never
 * changed.
 */
@Entity
@Immutable
@Table(name = "role_assignment")
@SuppressWarnings("NullAway.Init")
class AssignmentEntity {

  @Id UUID id;

  @Column(name = "user_id")
  String userId;

  @Column(name = "role_name")
  String roleName;

  @Column(name = "assigned_by")
  String assignedBy;

  @Column(name = "assigned_at")
  Instant assignedAt;

  protected AssignmentEntity() {}

  Assignment toAssignment() {
    return new Assignment(id, userId, new RoleName(roleName), assignedBy, assignedAt);
  }
}
