package dev.osmo.token.scim;

import dev.osmo.http.problem.Refusal;
import dev.osmo.http.problem.RefusedException;
import dev.osmo.token.audit.Actor;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Transactions;
import dev.osmo.token.roles.Owner;
import dev.osmo.token.roles.UserLocks;
import dev.osmo.token.users.UserId;
import dev.osmo.token.users.UserRoles;
import dev.osmo.token.users.Users;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Use cases: the directory finds a user, disables one who has left, and withdraws that. A disabled
 * user's tokens are refused and sessions have ended when the response is sent. What the directory
 * says is kept also while an administrator has disabled the user; either decision is enough.
 *
 * <p>Created at startup, so that its metrics exist from then on.
 */
@Startup
@ApplicationScoped
class DirectoryUsers {

  private static final String SELECT =
      """
      SELECT u.id AS id, u.created_at AS created_at, u.disabled_at IS NULL AS active,
             (SELECT min(i.subject) FROM user_identity i WHERE i.user_id = u.id AND i.issuer = :issuer) AS external_id
        FROM users u
      """;
  private static final String BY_ID =
      SELECT + " WHERE lower(u.id COLLATE \"C\") = lower(CAST(:value AS text) COLLATE \"C\")";
  private static final String BY_SUBJECT =
      SELECT
          + """
             WHERE u.id = (SELECT i.user_id FROM user_identity i WHERE i.issuer = :issuer AND i.subject = :value)
            """;

  private static final Refusal ADMINISTRATOR_DECIDED =
      ScimProblem.NOT_ALLOWED.because(
          "An administrator has disabled this user, and only an administrator can enable the user.");

  private final ScimClient client;
  private final Users users;
  private final UserRoles roles;
  private final Transactions transactions;
  private final Counter disabled;
  private final Counter enabled;
  private final Counter unchanged;
  private final Counter refused;

  DirectoryUsers(
      ScimClient client,
      Users users,
      UserRoles roles,
      Transactions transactions,
      MeterRegistry meters) {
    this.client = client;
    this.users = users;
    this.roles = roles;
    this.transactions = transactions;
    this.disabled = meters.counter("osmo.scim.changes", "outcome", "disabled");
    this.enabled = meters.counter("osmo.scim.changes", "outcome", "enabled");
    this.unchanged = meters.counter("osmo.scim.changes", "outcome", "unchanged");
    this.refused = meters.counter("osmo.scim.changes", "outcome", "refused");
  }

  /** Empty if there is none. */
  @WithSession
  Uni<Optional<FoundUser>> find(UserSearch search) {
    String sql =
        switch (search.attribute()) {
          case USERNAME, ID -> BY_ID;
          case EXTERNALID -> BY_SUBJECT;
        };
    return find(sql, search.value());
  }

  /** Fails with a refusal if there is no such user. */
  @WithSession
  Uni<FoundUser> show(String id) {
    return read(id);
  }

  /**
   * Fails with a refusal for the last administrator, and if a user who should be enabled stays
   * disabled by an administrator. What the directory said is kept in the latter case.
   */
  Uni<FoundUser> change(String id, boolean active, String requestId) {
    Actor actor = client.actor(requestId);
    return transactions
        .run(() -> changed(id, active, actor))
        .invoke(changed -> requireAsSaid(changed, active))
        .invoke(changed -> changed.outcome().increment())
        .onFailure(RefusedException.class)
        .invoke(unused -> refused.increment())
        .map(Changed::user);
  }

  private Uni<Changed> changed(String id, boolean active, Actor actor) {
    return roles
        .lock(id)
        .chain(owner -> active ? enable(owner, actor) : disable(owner, actor))
        .chain(outcome -> read(id).map(user -> new Changed(user, outcome)));
  }

  private record Changed(FoundUser user, Counter outcome) {}

  private Uni<Counter> disable(Owner owner, Actor actor) {
    Uni<Void> allowed =
        owner.disabled()
            ? Uni.createFrom().voidItem()
            : roles.requireNotLastAdministrator(owner.id());
    return allowed
        .chain(() -> users.deactivate(actor, new UserId(owner.id())))
        .map(isNew -> isNew ? disabled : unchanged);
  }

  private Uni<Counter> enable(Owner owner, Actor actor) {
    return users
        .reactivate(actor, new UserId(owner.id()))
        .map(isNew -> isNew ? enabled : unchanged);
  }

  /** After the transaction, because a refusal would roll it back. */
  private static void requireAsSaid(Changed changed, boolean active) {
    if (active && !changed.user().active()) {
      throw ADMINISTRATOR_DECIDED.toException();
    }
  }

  private Uni<FoundUser> read(String id) {
    return find(BY_ID, id)
        .map(found -> found.orElseThrow(() -> UserLocks.notFound(id).toException()));
  }

  private Uni<Optional<FoundUser>> find(String sql, String value) {
    return NativeQuery.of(sql)
        .with("issuer", client.issuer())
        .with("value", value)
        .first(FoundUser::of);
  }
}
