package dev.osmo.token.pat;

import dev.osmo.token.minting.PatId;
import dev.osmo.token.roles.HeldRoleView;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of tokens. Every method runs in the caller's session or transaction. */
@ApplicationScoped
class Tokens implements PanacheRepositoryBase<TokenEntity, String> {

  /** With a token's id or name: that one; without: all. */
  private static final String OF_OWNER =
      """
      SELECT t.id AS id, t.user_id AS user_id, t.name AS name, t.description AS description,
             t.expires_at AS expires_at, t.renewable_until AS renewable_until, t.created_at AS created_at,
             t.created_by AS created_by, t.parent_id AS parent_id, t.suspended_at IS NOT NULL AS suspended,
             EXISTS (SELECT FROM access_token_secret s
                      WHERE s.token_id = t.id AND s.revoked_at IS NULL
                        AND (s.valid_until IS NULL OR s.valid_until > clock_timestamp())) AS has_live_secret,
             (SELECT u.last_used_at FROM access_token_use u WHERE u.token_id = t.id) AS last_used_at,
             (SELECT s.reason FROM access_token_secret s
               WHERE s.token_id = t.id AND s.revoked_at IS NOT NULL
               ORDER BY s.revoked_at DESC, s.reason LIMIT 1) AS revoked_because,
             (SELECT string_agg(a.role_name, ',' ORDER BY a.role_name)
                FROM access_token_role r
                JOIN role_assignment a ON a.id = r.assignment_id AND a.user_id = t.user_id
               WHERE r.token_id = t.id) AS roles,
             clock_timestamp() AS as_of
        FROM access_token t
       WHERE t.user_id = :owner
         AND t.id = coalesce(CAST(:id AS text), t.id)
         AND lower(t.name) = lower(coalesce(CAST(:name AS text), t.name))
       ORDER BY t.name COLLATE "C"
      """;

  private static final String EFFECTIVE_ROLES =
      """
      SELECT a.role_name AS role_name, a.assigned_by AS assigned_by, a.assigned_at AS assigned_at
        FROM access_token_role r
        JOIN access_token t ON t.id = r.token_id
        JOIN role_assignment a ON a.id = r.assignment_id AND a.user_id = t.user_id
       WHERE r.token_id = :token
       ORDER BY a.assigned_at, a.role_name
      """;
  private static final String COUNT_LIVE =
      """
      SELECT count(*) FROM access_token t
       WHERE t.user_id = :owner AND t.expires_at > clock_timestamp()
         AND EXISTS (SELECT FROM access_token_secret s
                      WHERE s.token_id = t.id AND s.revoked_at IS NULL
                        AND (s.valid_until IS NULL OR s.valid_until > clock_timestamp()))
      """;

  Uni<List<TokenRow>> ofOwner(String ownerId) {
    return query(ownerId, null, null);
  }

  Uni<Optional<TokenRow>> find(String ownerId, TokenAddress address) {
    Uni<List<TokenRow>> found =
        switch (address.kind()) {
          case ID -> query(ownerId, address.value(), null);
          case NAME -> query(ownerId, null, address.value());
        };
    return found.map(rows -> rows.stream().findFirst());
  }

  Uni<List<HeldRoleView>> effectiveRoles(String token) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(EFFECTIVE_ROLES, Tuple.class)
                    .setParameter("token", token)
                    .getResultList())
        .map(rows -> rows.stream().map(Tokens::heldRole).toList());
  }

  Uni<Instant> databaseTime() {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery("SELECT clock_timestamp()", OffsetDateTime.class)
                    .getSingleResult())
        .map(OffsetDateTime::toInstant);
  }

  Uni<Long> countLive(String ownerId) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(COUNT_LIVE, Long.class)
                    .setParameter("owner", ownerId)
                    .getSingleResult());
  }

  Uni<Optional<FoundToken>> findByName(String ownerId, String name) {
    return find("userId = ?1 and lower(name) = lower(?2)", ownerId, name)
        .firstResult()
        .map(
            row ->
                Optional.ofNullable(row)
                    .map(found -> new FoundToken(new PatId(found.id), found.name)));
  }

  Uni<Boolean> remove(String token) {
    return delete("id = ?1", token).map(deleted -> deleted > 0);
  }

  private static Uni<List<TokenRow>> query(
      String ownerId, @Nullable String id, @Nullable String name) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(OF_OWNER, Tuple.class)
                    .setParameter("owner", ownerId)
                    .setParameter("id", id)
                    .setParameter("name", name)
                    .getResultList())
        .map(rows -> rows.stream().map(TokenRow::of).toList());
  }

  private static HeldRoleView heldRole(Tuple row) {
    return new HeldRoleView(
        row.get("role_name", String.class),
        row.get("assigned_by", String.class),
        row.get("assigned_at", OffsetDateTime.class).toInstant());
  }
}
