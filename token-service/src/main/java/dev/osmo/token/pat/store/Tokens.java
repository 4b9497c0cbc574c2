package dev.osmo.token.pat.store;

import dev.osmo.pat.PatId;
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
public class Tokens implements PanacheRepositoryBase<TokenEntity, String> {

  /** By its id or by its name, whichever is given. */
  private static final String OF_OWNER =
      TokenRow.SELECT
          + """
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

  public Uni<Optional<TokenRow>> byId(String ownerId, String id) {
    return query(ownerId, id, null).map(rows -> rows.stream().findFirst());
  }

  public Uni<Optional<TokenRow>> byName(String ownerId, String name) {
    return query(ownerId, null, name).map(rows -> rows.stream().findFirst());
  }

  public Uni<Void> insert(NewTokenRow row) {
    return persistAndFlush(TokenEntity.of(row)).replaceWithVoid();
  }

  public Uni<List<HeldRoleView>> effectiveRoles(String token) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(EFFECTIVE_ROLES, Tuple.class)
                    .setParameter("token", token)
                    .getResultList())
        .map(rows -> rows.stream().map(Tokens::heldRole).toList());
  }

  public Uni<Instant> databaseTime() {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery("SELECT clock_timestamp()", OffsetDateTime.class)
                    .getSingleResult())
        .map(OffsetDateTime::toInstant);
  }

  public Uni<Long> countLive(String ownerId) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(COUNT_LIVE, Long.class)
                    .setParameter("owner", ownerId)
                    .getSingleResult());
  }

  public Uni<Optional<FoundToken>> findByName(String ownerId, String name) {
    return find("userId = ?1 and lower(name) = lower(?2)", ownerId, name)
        .firstResult()
        .map(Tokens::found);
  }

  /** Whoever owns it. */
  public Uni<Optional<FoundToken>> findAnybodys(PatId id) {
    return findById(id.value()).map(Tokens::found);
  }

  private static Optional<FoundToken> found(@Nullable TokenEntity row) {
    return Optional.ofNullable(row)
        .map(found -> new FoundToken(found.userId, new PatId(found.id), found.name));
  }

  public Uni<Boolean> remove(String token) {
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
