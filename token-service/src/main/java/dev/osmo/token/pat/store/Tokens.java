package dev.osmo.token.pat.store;

import dev.osmo.pat.PatId;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Row;
import dev.osmo.token.roles.AssignmentView;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of tokens. Every method runs in the caller's session or transaction. */
@ApplicationScoped
public class Tokens implements PanacheRepositoryBase<TokenEntity, String> {

  static final String BY_ID =
      TokenRow.SELECT + " WHERE t.user_id = :owner AND t.id = CAST(:id AS text)";

  static final String BY_NAME =
      TokenRow.SELECT
          + """
             WHERE t.user_id = :owner AND lower(t.name COLLATE "C") = lower(CAST(:name AS text) COLLATE "C")
            """;

  private static final String EFFECTIVE_ROLES =
      """
      SELECT a.role_name AS role_name, a.assigned_by AS assigned_by, a.assigned_at AS assigned_at
        FROM access_token t
        JOIN LATERAL effective_roles(t.id, t.user_id) r ON true
        JOIN role_assignment a ON a.id = r.assignment_id
       WHERE t.id = :token
       ORDER BY a.role_name COLLATE "C"
      """;
  private static final String DATABASE_TIME = "SELECT clock_timestamp()";

  public Uni<Optional<TokenRow>> byId(String ownerId, String id) {
    return NativeQuery.of(BY_ID).with("owner", ownerId).with("id", id).first(TokenRow::of);
  }

  Uni<Optional<TokenRow>> byName(String ownerId, String name) {
    return NativeQuery.of(BY_NAME).with("owner", ownerId).with("name", name).first(TokenRow::of);
  }

  public Uni<List<AssignmentView>> effectiveRoles(String token) {
    return NativeQuery.of(EFFECTIVE_ROLES).with("token", token).list(Tokens::heldRole);
  }

  public Uni<Instant> databaseTime() {
    return NativeQuery.of(DATABASE_TIME)
        .single(OffsetDateTime.class)
        .map(OffsetDateTime::toInstant);
  }

  public Uni<Optional<FoundToken>> findByName(String ownerId, String name) {
    return byName(ownerId, name)
        .map(
            found ->
                found.map(row -> new FoundToken(row.userId(), new PatId(row.id()), row.name())));
  }

  public Uni<List<FoundToken>> ofOwner(String ownerId) {
    return find("userId = ?1 order by id", ownerId)
        .list()
        .map(rows -> rows.stream().map(Tokens::toFoundToken).toList());
  }

  /** Finds a token of any owner. */
  public Uni<Optional<FoundToken>> findOfAnyOwner(PatId id) {
    return findById(id.value()).map(Tokens::found);
  }

  private static Optional<FoundToken> found(@Nullable TokenEntity row) {
    return Optional.ofNullable(row).map(Tokens::toFoundToken);
  }

  private static FoundToken toFoundToken(TokenEntity row) {
    return new FoundToken(row.userId, new PatId(row.id), row.name);
  }

  public Uni<Boolean> remove(String token) {
    return delete("id = ?1", token).map(deleted -> deleted > 0);
  }

  private static AssignmentView heldRole(Row row) {
    return new AssignmentView(
        row.text("role_name"), row.text("assigned_by"), row.instant("assigned_at"));
  }
}
