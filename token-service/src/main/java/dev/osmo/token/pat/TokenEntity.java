package dev.osmo.token.pat;

import dev.osmo.token.minting.PatId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A token's row. Inserted once; the columns that say when it was made belong to the database. */
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

  static TokenEntity of(PatId id, Creation creation) {
    TokenEntity row = new TokenEntity();
    row.id = id.value();
    row.userId = creation.ownerId();
    row.name = creation.name().value();
    row.description = creation.description().text();
    row.expiresAt = creation.expiresAt();
    row.renewableUntil = creation.renewableUntil();
    row.createdBy = creation.createdBy().userId();
    row.parentId = creation.parentId();
    return row;
  }
}
