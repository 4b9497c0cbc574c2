package dev.osmo.token.roles.assignment;

import dev.osmo.token.roles.LastAdministrator;
import dev.osmo.token.roles.RoleName;
import dev.osmo.token.roles.UserLocks;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;

/**
 * Use case: which tokens would lose the role if it were taken from the user now, and what they
 * would have left. Refused when the removal would be.
 */
@ApplicationScoped
class PreviewRemoval {

  /** What each token that carries the role would have left. */
  private static final String LEFT_WITHOUT_THE_ROLE =
      """
      SELECT t.id AS id, t.name AS name,
             (SELECT string_agg(left_over.role_name, ',' ORDER BY left_over.role_name)
                FROM access_token_role r
                JOIN role_assignment left_over ON left_over.id = r.assignment_id AND left_over.user_id = t.user_id
               WHERE r.token_id = t.id AND left_over.id <> taken.id) AS roles
        FROM role_assignment taken
        JOIN access_token t ON t.user_id = taken.user_id
       WHERE taken.user_id = :user AND taken.role_name = :role
         AND EXISTS (SELECT FROM access_token_role r WHERE r.token_id = t.id AND r.assignment_id = taken.id)
       ORDER BY t.name COLLATE "C"
      """;

  private final UserLocks owners;
  private final LastAdministrator lastAdministrator;

  PreviewRemoval(UserLocks owners, LastAdministrator lastAdministrator) {
    this.owners = owners;
    this.lastAdministrator = lastAdministrator;
  }

  @WithSession
  Uni<RemovalPreview> preview(String userId, RoleName role) {
    return owners
        .find(userId)
        .chain(() -> lastAdministrator.guard(userId, role))
        .chain(Panache::getSession)
        .chain(
            session ->
                session
                    .createNativeQuery(LEFT_WITHOUT_THE_ROLE, Tuple.class)
                    .setParameter("user", userId)
                    .setParameter("role", role.value())
                    .getResultList())
        .map(PreviewRemoval::tokens)
        .map(tokens -> RemovalPreview.of(userId, role, tokens));
  }

  private static List<RemovalPreview.Token> tokens(List<Tuple> rows) {
    return rows.stream().map(RemovalPreview.Token::of).toList();
  }
}
