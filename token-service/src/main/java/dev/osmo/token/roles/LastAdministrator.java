package dev.osmo.token.roles;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.problem.TokenProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Protects the last enabled administrator. Two administrators who remove each other at the same
 * time hold the locks of different users. This check therefore locks the row of the role as well,
 * always after the user's row.
 */
@ApplicationScoped
public class LastAdministrator {

  private static final String LOCK_THE_ROLE =
      """
      SELECT r.name FROM role r WHERE r.name = 'osmo-admin' FOR NO KEY UPDATE
      """;
  private static final String ANOTHER_REMAINS =
      """
      SELECT EXISTS (SELECT FROM role_assignment a JOIN users u ON u.id = a.user_id
                      WHERE a.role_name = 'osmo-admin' AND u.disabled_at IS NULL AND u.id <> :user)
      """;
  private static final Refusal REFUSAL =
      new Refusal(
          TokenProblem.LAST_ADMINISTRATOR,
          "This is the last enabled user with the role osmo-admin. Grant the role to another user first.");

  /** Allows the removal of every other role. */
  public Uni<Void> requireRemovable(String userId, RoleName role) {
    return isRemovable(userId, role).chain(LastAdministrator::require);
  }

  /** False if no other administrator would remain. */
  public Uni<Boolean> isRemovable(String userId, RoleName role) {
    return role.equals(RoleName.ADMINISTRATOR)
        ? anotherRemains(userId)
        : Uni.createFrom().item(true);
  }

  /** Fails with a refusal if no other administrator would remain. */
  public Uni<Void> requireAnotherAdministrator(String userId) {
    return anotherRemains(userId).chain(LastAdministrator::require);
  }

  private static Uni<Boolean> anotherRemains(String userId) {
    return NativeQuery.of(LOCK_THE_ROLE)
        .single(String.class)
        .chain(() -> NativeQuery.of(ANOTHER_REMAINS).with("user", userId).single(Boolean.class));
  }

  private static Uni<Void> require(boolean allowed) {
    return allowed ? Uni.createFrom().voidItem() : REFUSAL.toFailure();
  }
}
