package dev.osmo.token.users;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** Read only here; writes are single statements. */
@Entity
@Immutable
@Table(name = "users")
@SuppressWarnings("NullAway.Init")
class UserEntity {

  @Id
  @Column(name = "id")
  String id;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "created_by")
  String createdBy;

  protected UserEntity() {}

  UserView view() {
    return new UserView(id, createdAt, createdBy);
  }
}
