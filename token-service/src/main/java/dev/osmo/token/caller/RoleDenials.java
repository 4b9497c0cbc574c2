package dev.osmo.token.caller;

import dev.osmo.http.denial.Denial;
import dev.osmo.http.denial.DenialFacts;
import dev.osmo.http.denial.DenialReason;
import dev.osmo.http.denial.RemovedRole;
import dev.osmo.http.problem.ForbiddenExplanation;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Row;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Explains to an authenticated caller why the JWT does not have the role {@code osmo-admin}, which
 * is the only role that a route requires: it was removed, it was not requested for this JWT, or the
 * access token, or the user who signed in, never had it.
 */
@ApplicationScoped
class RoleDenials implements ForbiddenExplanation {

  private static final String ROLE =
      """
      SELECT EXISTS (SELECT FROM effective_roles(:pat, :user) e WHERE e.role_name = :role) AS held,
             r.removed_by AS removed_by, r.removed_at AS removed_at
        FROM (SELECT) one LEFT JOIN removed_role r ON r.token_id = :pat AND r.role_name = :role
       ORDER BY r.removed_at DESC
       LIMIT 1
      """;

  /** In a session, the user's own roles count. */
  private static final String ROLE_OF_USER =
      """
      SELECT EXISTS (SELECT FROM role_assignment a WHERE a.user_id = :user AND a.role_name = :role) AS held,
             r.removed_by AS removed_by, r.removed_at AS removed_at
        FROM (SELECT) one LEFT JOIN role_removal r ON r.user_id = :user AND r.role_name = :role
       ORDER BY r.removed_at DESC
       LIMIT 1
      """;

  private record Holding(boolean held, @Nullable String removedBy, @Nullable Instant removedAt) {}

  @Override
  public Uni<Optional<Denial>> explain(RoutingContext request) {
    return request.user() instanceof QuarkusHttpUser user
            && user.getSecurityIdentity().getPrincipal() instanceof CallerIdentity caller
        ? explain(caller).map(Optional::of)
        : Uni.createFrom().item(Optional.empty());
  }

  private static Uni<Denial> explain(CallerIdentity caller) {
    return Panache.withSession(() -> holding(caller)).map(holding -> denial(caller, holding));
  }

  private static Uni<Holding> holding(CallerIdentity caller) {
    return caller
        .pat()
        .map(pat -> NativeQuery.of(ROLE).with("pat", pat.id()))
        .orElseGet(() -> NativeQuery.of(ROLE_OF_USER))
        .with("user", caller.userId())
        .with("role", CallerIdentity.ADMINISTRATOR)
        .first(RoleDenials::holding)
        .map(Optional::orElseThrow);
  }

  private static Holding holding(Row row) {
    return new Holding(
        row.flag("held"), row.textOrNull("removed_by"), row.instantOrNull("removed_at"));
  }

  private static Denial denial(CallerIdentity caller, Holding holding) {
    String by = holding.removedBy();
    Instant at = holding.removedAt();
    if (holding.held()) {
      return denial(caller, DenialReason.JWT_DOWNSCOPED, null, null, List.of());
    }
    return by == null || at == null
        ? denial(caller, DenialReason.ROLE_NEVER_HELD, null, null, List.of())
        : denial(
            caller,
            DenialReason.ROLE_REMOVED,
            at,
            by,
            List.of(new RemovedRole(CallerIdentity.ADMINISTRATOR, by, at)));
  }

  private static Denial denial(
      CallerIdentity caller,
      DenialReason reason,
      @Nullable Instant since,
      @Nullable String by,
      List<RemovedRole> removed) {
    return Denial.of(
        new DenialFacts(
            reason,
            caller.pat().map(CallingPat::name).orElse(null),
            caller.userId(),
            true,
            since,
            by,
            CallerIdentity.ADMINISTRATOR,
            removed));
  }
}
