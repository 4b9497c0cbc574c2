package dev.osmo.token.roles.assignment;

import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.roles.Assignments;
import dev.osmo.token.roles.LastAdministrator;
import dev.osmo.token.roles.RoleName;
import dev.osmo.token.roles.UserLocks;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Use case: shows which tokens would lose the role if it were removed from the user now, and which
 * roles they would keep. Refused if the removal would be refused.
 */
@ApplicationScoped
class PreviewRemoval {

  /** The tokens that carry the role, each with the roles that would remain. */
  private static final String TOKENS_WITHOUT_THE_ROLE =
      """
      SELECT t.id AS id, t.name AS name,
             (SELECT string_agg(remaining.role_name, ',' ORDER BY remaining.role_name)
                FROM effective_roles(t.id, t.user_id) remaining
               WHERE remaining.assignment_id <> removed.assignment_id) AS roles
        FROM access_token t
        JOIN LATERAL effective_roles(t.id, t.user_id) removed ON removed.role_name = :role
       WHERE t.user_id = :user
       ORDER BY t.name COLLATE "C"
      """;

  private final UserLocks owners;
  private final LastAdministrator lastAdministrator;
  private final Assignments assignments;

  PreviewRemoval(UserLocks owners, LastAdministrator lastAdministrator, Assignments assignments) {
    this.assignments = assignments;
    this.owners = owners;
    this.lastAdministrator = lastAdministrator;
  }

  @WithSession
  Uni<RemovalPreview> preview(String userId, RoleName role) {
    return owners
        .find(userId)
        .call(owner -> lastAdministrator.requireRemovable(owner.id(), role))
        .chain(owner -> ofOwner(owner.id(), role));
  }

  private Uni<RemovalPreview> ofOwner(String userId, RoleName role) {
    return assignments
        .isHeld(userId, role)
        .chain(
            held ->
                tokensWithout(userId, role)
                    .map(tokens -> RemovalPreview.of(userId, role, held, tokens)));
  }

  private static Uni<List<RemovalPreview.Token>> tokensWithout(String userId, RoleName role) {
    return NativeQuery.of(TOKENS_WITHOUT_THE_ROLE)
        .with("user", userId)
        .with("role", role.value())
        .list(RemovalPreview.Token::of);
  }
}
