package dev.osmo.token.roles.catalogue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** Read only here; writes are single statements. */
@Entity
@Immutable
@Table(name = "role")
@SuppressWarnings("NullAway.Init")
class RoleEntity {

  @Id
  @Column(name = "name")
  String name;

  @Column(name = "description")
  String description;

  protected RoleEntity() {}

  RoleView view() {
    return new RoleView(name, description);
  }
}
