package dev.osmo.token.roles.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.http.problem.Refusal;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Row;
import dev.osmo.token.paging.Cursor;
import dev.osmo.token.paging.Page;
import dev.osmo.token.paging.PageRequest;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.RoleName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The catalogue of roles. Every method runs in the caller's session or transaction. */
@ApplicationScoped
public class Roles {

  /** Its key: the name. */
  static final int KEY_PARTS = 1;

  private static final String SELECT =
      """
      SELECT r.name AS name, r.description AS description, CAST(r.policies AS text) AS policies,
             r.immutable AS immutable, r.sync_mode AS sync_mode,
             CAST(to_jsonb(r.external_roles) AS text) AS external_roles
        FROM role r
      """;
  private static final String BY_NAME = SELECT + " WHERE r.name = :name";
  private static final String PAGE =
      SELECT
          + """
             WHERE r.name COLLATE "C" > :after
             ORDER BY r.name COLLATE "C"
             LIMIT :limit
            """;
  private static final String DEFINE =
      """
      INSERT INTO role AS known (name, description, policies, immutable, sync_mode, external_roles)
      VALUES (:name,
              coalesce(CAST(:description AS text), ''),
              coalesce(CAST(CAST(:policies AS text) AS jsonb), '[]'),
              coalesce(CAST(CAST(:immutable AS text) AS boolean), false),
              coalesce(CAST(:sync_mode AS text), 'import'),
              CASE WHEN CAST(:external_roles AS text) IS NULL THEN ARRAY[CAST(:name AS text)]
                   ELSE ARRAY(SELECT jsonb_array_elements_text(CAST(CAST(:external_roles AS text) AS jsonb))) END)
      ON CONFLICT (name) DO UPDATE
         SET description = coalesce(CAST(:description AS text), known.description),
             policies = coalesce(CAST(CAST(:policies AS text) AS jsonb), known.policies),
             sync_mode = coalesce(CAST(:sync_mode AS text), known.sync_mode),
             external_roles =
               CASE WHEN CAST(:external_roles AS text) IS NULL THEN known.external_roles
                    ELSE ARRAY(SELECT jsonb_array_elements_text(CAST(CAST(:external_roles AS text) AS jsonb))) END
       WHERE NOT known.immutable
         AND coalesce(CAST(CAST(:immutable AS text) AS boolean), false) = false
      """;

  /** A role without external roles has nothing to be compared with. */
  private static final String SYNCHRONIZED =
      """
      SELECT r.name AS name, r.sync_mode AS sync_mode, CAST(to_jsonb(r.external_roles) AS text) AS external_roles
        FROM role r
       WHERE r.sync_mode <> 'ignore' AND r.external_roles <> '{}'
       ORDER BY r.name COLLATE "C"
      """;

  private static final String DELETE = "DELETE FROM role WHERE name = :name";

  private final ObjectMapper json;

  Roles(ObjectMapper json) {
    this.json = json;
  }

  /** Fails with a refusal when there is no such role. */
  public Uni<Void> requireExists(RoleName role) {
    return view(role).replaceWithVoid();
  }

  /** The roles that sign-in grants or removes, by name. */
  public Uni<List<SynchronizedRole>> synchronizedRoles() {
    return NativeQuery.of(SYNCHRONIZED)
        .list(
            row ->
                new SynchronizedRole(
                    new RoleName(row.text("name")),
                    SyncMode.parse(row.text("sync_mode")),
                    Set.copyOf(
                        read(row.text("external_roles"), new TypeReference<List<String>>() {}))));
  }

  Uni<RoleView> view(RoleName role) {
    return NativeQuery.of(BY_NAME)
        .with("name", role.value())
        .first(this::view)
        .map(found -> found.orElseThrow(() -> notFound(role).toException()));
  }

  /** By name. */
  Uni<Page<RoleView>> views(PageRequest request) {
    String after = request.after(0);
    return NativeQuery.of(PAGE)
        .with("after", after == null ? "" : after)
        .with("limit", request.rowsToRead())
        .list(this::view)
        .map(rows -> Page.of(rows, request, role -> Cursor.of(role.name())));
  }

  /** Fails with a refusal when an immutable role, or whether a role is immutable, would change. */
  Uni<RoleView> define(RoleDefinition role) {
    RoleDescription description = role.description();
    Policies policies = role.policies();
    SyncMode mode = role.syncMode();
    return NativeQuery.of(DEFINE)
        .with("name", role.name().value())
        .with("description", description == null ? null : description.text())
        .with("policies", policies == null ? null : policies.list().toString())
        .with("immutable", role.immutable() == null ? null : role.immutable().toString())
        .with("sync_mode", mode == null ? null : mode.text())
        .with("external_roles", text(role.externalRoles()))
        .execute()
        .chain(changed -> view(role.name()).invoke(now -> requireDefined(changed, role, now)));
  }

  Uni<Integer> delete(RoleName role) {
    return NativeQuery.of(DELETE).with("name", role.value()).execute();
  }

  /** A list of roles may repeat an immutable role as it is. */
  private static void requireDefined(int changed, RoleDefinition role, RoleView now) {
    if (changed == 0 && !role.agreesWith(now)) {
      throw new Refusal(
              TokenProblem.ROLE_IMMUTABLE,
              now.immutable()
                  ? "Role " + now.name() + " is immutable"
                  : "A role can be made immutable only when it is created")
          .toException();
    }
  }

  private RoleView view(Row row) {
    return new RoleView(
        row.text("name"),
        row.text("description"),
        read(row.text("policies"), new TypeReference<JsonNode>() {}),
        row.flag("immutable"),
        row.text("sync_mode"),
        read(row.text("external_roles"), new TypeReference<List<String>>() {}));
  }

  private @Nullable String text(@Nullable List<String> names) {
    return names == null ? null : json.valueToTree(names).toString();
  }

  private <T> T read(String text, TypeReference<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a column of a role is not JSON", e);
    }
  }

  private static Refusal notFound(RoleName role) {
    return new Refusal(TokenProblem.ROLE_NOT_FOUND, "Role " + role + " does not exist");
  }
}
