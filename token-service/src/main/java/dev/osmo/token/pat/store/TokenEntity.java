package dev.osmo.token.pat.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A token's row. Inserted and deleted, never updated; the database sets the creation time. */
@Entity
@Immutable
@Table(name = "access_token")
@SuppressWarnings("NullAway.Init")
class TokenEntity {

  @Id
  @Column(name = "id")
  String id;

  @Column(name = "user_id")
  String userId;

  @Column(name = "name")
  String name;

  @Column(name = "description")
  String description;

  @Column(name = "expires_at")
  Instant expiresAt;

  @Column(name = "renewable_until")
  @Nullable Instant renewableUntil;

  @Column(name = "created_by")
  String createdBy;

  @Column(name = "parent_id")
  @Nullable String parentId;

  protected TokenEntity() {}
}
