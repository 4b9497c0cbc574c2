package dev.osmo.token.roles;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Nobody may take away the last enabled administrator. Two administrators who remove each other at
 * once hold different users' locks, so the decision takes a lock of its own: the role's row, always
 * after the user's.
 */
@ApplicationScoped
public class LastAdministrator {

  private static final String LOCK_THE_ROLE =
      """
      SELECT r.name FROM role r WHERE r.name = 'osmo-admin' FOR NO KEY UPDATE
      """;
  private static final String ANOTHER_IS_LEFT =
      """
      SELECT EXISTS (SELECT FROM role_assignment a JOIN users u ON u.id = a.user_id
                      WHERE a.role_name = 'osmo-admin' AND u.disabled_at IS NULL AND u.id <> :user)
      """;
  private static final Refusal REFUSAL =
      new Refusal(
          TokenProblem.LAST_ADMINISTRATOR,
          "This is the last enabled user with the role osmo-admin. Give the role to another user first.");

  /** Other roles may always go. */
  public Uni<Void> guard(String userId, RoleName role) {
    return role.equals(RoleName.ADMINISTRATOR) ? mayGo(userId) : Uni.createFrom().voidItem();
  }

  /** Fails with a refusal when no other administrator would remain. */
  public Uni<Void> mayGo(String userId) {
    return Panache.getSession()
        .call(session -> session.createNativeQuery(LOCK_THE_ROLE, String.class).getSingleResult())
        .chain(
            session ->
                session
                    .createNativeQuery(ANOTHER_IS_LEFT, Boolean.class)
                    .setParameter("user", userId)
                    .getSingleResult())
        .chain(left -> left ? Uni.createFrom().voidItem() : REFUSAL.toFailure());
  }
}
