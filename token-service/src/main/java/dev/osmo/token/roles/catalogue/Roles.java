package dev.osmo.token.roles.catalogue;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.RoleName;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The catalogue of roles. Every method runs in the caller's session or transaction. */
@ApplicationScoped
public class Roles implements PanacheRepositoryBase<RoleEntity, String> {

  private static final String DEFINE =
      """
      INSERT INTO role (name, description) VALUES (:name, :description)
      ON CONFLICT (name) DO UPDATE SET description = EXCLUDED.description
      """;

  /** Fails with a refusal when there is no such role. */
  public Uni<Void> requireExists(RoleName role) {
    return view(role).replaceWithVoid();
  }

  Uni<RoleView> view(RoleName role) {
    return findById(role.value())
        .onItem()
        .ifNull()
        .failWith(() -> notFound(role).toException())
        .map(RoleEntity::view);
  }

  Uni<List<RoleView>> views() {
    return find("order by name").list().map(rows -> rows.stream().map(RoleEntity::view).toList());
  }

  Uni<Integer> define(RoleName role, String description) {
    return NativeQuery.of(DEFINE)
        .with("name", role.value())
        .with("description", description)
        .execute();
  }

  private static Refusal notFound(RoleName role) {
    return new Refusal(TokenProblem.ROLE_NOT_FOUND, "Role " + role + " does not exist");
  }
}
