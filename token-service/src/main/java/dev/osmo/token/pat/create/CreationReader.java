package dev.osmo.token.pat.create;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CurrentPermissions;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Reads;
import dev.osmo.token.database.Row;
import dev.osmo.token.pat.rules.TokenPolicy;
import dev.osmo.token.roles.Assignment;
import dev.osmo.token.roles.Owner;
import dev.osmo.token.roles.RoleName;
import dev.osmo.token.roles.UserLocks;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the facts that decide a creation, in one statement. */
@ApplicationScoped
class CreationReader {

  /**
   * One row for each role that the owner holds, or one without a role. The live tokens are counted
   * only if all tokens together could reach their limit, because each must be looked up.
   */
  static final String FACTS =
      """
      WITH owner AS MATERIALIZED (
        SELECT u.id, u.disabled_at IS NOT NULL AS disabled, owned.stored,
               CASE WHEN owned.stored < CAST(:max_live AS bigint) THEN owned.stored
                    ELSE (SELECT count(*) FROM live_token l WHERE l.user_id = u.id) END AS live,
               EXISTS (SELECT FROM access_token t
                        WHERE t.user_id = u.id
                          AND lower(t.name COLLATE "C") = lower(CAST(:name AS text) COLLATE "C")) AS name_taken
          FROM users u
         CROSS JOIN LATERAL (SELECT count(*) AS stored FROM access_token t WHERE t.user_id = u.id) owned
         WHERE lower(u.id COLLATE "C") = lower(CAST(:owner AS text) COLLATE "C")
      )
      SELECT o.id AS owner, o.disabled AS disabled, o.live AS live, o.stored AS stored, o.name_taken AS name_taken,
             a.id AS assignment_id, a.role_name AS role_name, a.assigned_by AS assigned_by, a.assigned_at AS assigned_at
        FROM owner o LEFT JOIN role_assignment a ON a.user_id = o.id
       ORDER BY a.role_name
      """;

  private final UserLocks owners;
  private final CurrentPermissions permissions;
  private final Reads reads;
  private final TokenPolicy policy;

  CreationReader(
      UserLocks owners,
      CurrentPermissions permissions,
      Reads reads,
      TokenServiceSettings settings) {
    this.owners = owners;
    this.permissions = permissions;
    this.reads = reads;
    this.policy = TokenPolicy.of(settings);
  }

  /** Fails with a refusal if the owner does not exist. Outside of any session. */
  Uni<CreationFacts> readUnlocked(CallerIdentity caller, CreationRequest request) {
    return reads
        .list(query(request), Function.identity())
        .map(rows -> facts(caller, request, rows));
  }

  /** The same under the owner's lock, in a new statement. */
  Uni<CreationFacts> readLocked(CallerIdentity caller, CreationRequest request) {
    return owners
        .lock(request.ownerId(), caller.userId())
        .chain(() -> permissions.confirm(caller))
        .chain(
            confirmed ->
                query(request)
                    .list(Function.identity())
                    .map(rows -> facts(confirmed, request, rows)));
  }

  private NativeQuery query(CreationRequest request) {
    return NativeQuery.of(FACTS)
        .with("max_live", (long) policy.maxLiveTokens())
        .with("owner", request.ownerId())
        .with("name", request.name().value());
  }

  private CreationFacts facts(CallerIdentity caller, CreationRequest request, List<Row> rows) {
    Row owner =
        rows.stream()
            .findFirst()
            .orElseThrow(() -> UserLocks.notFound(request.ownerId()).toException());
    return new CreationFacts(
        caller,
        new Owner(owner.text("owner"), owner.flag("disabled")),
        rows.stream().map(CreationReader::held).flatMap(Optional::stream).toList(),
        new TokenCounts(owner.number("live"), owner.number("stored")),
        owner.flag("name_taken"),
        policy);
  }

  private static Optional<Assignment> held(Row row) {
    return Optional.ofNullable(row.uuidOrNull("assignment_id"))
        .map(
            id ->
                new Assignment(
                    id,
                    row.text("owner"),
                    new RoleName(row.text("role_name")),
                    row.text("assigned_by"),
                    row.instant("assigned_at")));
  }
}
