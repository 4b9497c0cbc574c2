package dev.osmo.token.users;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

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

  @Column(name = "disabled_at")
  @Nullable Instant disabledAt;

  @Column(name = "disabled_by_scim")
  boolean disabledByScim;

  @Column(name = "disabled_in_directory")
  boolean disabledInDirectory;

  protected UserEntity() {}

  UserView view() {
    return new UserView(
        id,
        createdAt,
        createdBy,
        disabledAt,
        DisabledBy.of(disabledAt != null, disabledByScim, disabledInDirectory));
  }
}
