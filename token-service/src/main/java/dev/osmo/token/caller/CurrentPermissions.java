package dev.osmo.token.caller;

import dev.osmo.token.caller.ClaimedLogin.OfPat;
import dev.osmo.token.caller.ClaimedLogin.OfSession;
import dev.osmo.token.database.Lease;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Reads;
import dev.osmo.token.database.Row;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Reads, in one statement, which permissions of a JWT are still valid: its secret or its session
 * can still be used, and its roles are reduced to those that the token, or in a session the user,
 * still has. Time is the database's.
 */
@ApplicationScoped
public class CurrentPermissions {

  private static final String CURRENT_PERMISSIONS =
      """
      SELECT s.id AS secret_id, s.token_name AS name, s.expires_at AS expires_at,
             s.sign_in_due_at AS sign_in_due_at, statement_timestamp() AS as_of,
             (SELECT string_agg(r.role_name, ',') FROM effective_roles(s.token_id, s.user_id) r) AS roles
        FROM usable_secret s
       WHERE require_primary(:timeline) AND s.token_id = :pat AND s.user_id = :user
         AND s.id = coalesce(CAST(CAST(:secret AS text) AS uuid), s.id)
       ORDER BY (SELECT made.created_at FROM access_token_secret made WHERE made.id = s.id) DESC
       LIMIT 1
      """;

  private static final String PERMISSIONS_OF_SESSION =
      """
      SELECT s.expires_at AS expires_at, statement_timestamp() AS as_of,
             (SELECT string_agg(a.role_name, ',') FROM role_assignment a WHERE a.user_id = s.user_id) AS roles
        FROM usable_session s
       WHERE require_primary(:timeline) AND s.id = :session AND s.user_id = :user
      """;

  private final Lease lease;
  private final Reads reads;

  CurrentPermissions(Lease lease, Reads reads) {
    this.lease = lease;
    this.reads = reads;
  }

  /**
   * Reads outside of any database session. Fails with a refusal if the login can no longer be used,
   * or if the JWT is not valid at the database's time.
   */
  Uni<CallerIdentity> read(VerifiedClaims claims, String requestId) {
    return check(reads.first(query(claims), row -> caller(row, claims, requestId)));
  }

  /** Reads the same caller again, in the transaction that will write. */
  public Uni<CallerIdentity> confirm(CallerIdentity caller) {
    VerifiedClaims claims = caller.claims();
    return check(query(claims).first(row -> caller(row, claims, caller.requestId())));
  }

  private Uni<CallerIdentity> check(Uni<Optional<CallerIdentity>> found) {
    return found
        .map(caller -> caller.orElseThrow(AccessRefusals.INVALID::toException))
        .invoke(CurrentPermissions::requireValidNow);
  }

  private NativeQuery query(VerifiedClaims claims) {
    NativeQuery query =
        switch (claims.login()) {
          case OfPat(String id, Optional<UUID> secret) ->
              NativeQuery.of(CURRENT_PERMISSIONS)
                  .with("pat", id)
                  .with("secret", secret.map(UUID::toString).orElse(null));
          case OfSession(UUID id) -> NativeQuery.of(PERMISSIONS_OF_SESSION).with("session", id);
        };
    return query.with("user", claims.userId()).with("timeline", lease.timeline());
  }

  /** Reads the same caller again, and requires the administrator role. */
  public Uni<CallerIdentity> confirmAdministrator(CallerIdentity caller) {
    return confirm(caller).invoke(CurrentPermissions::requireAdministrator);
  }

  private static CallerIdentity caller(Row row, VerifiedClaims claims, String requestId) {
    Login login =
        switch (claims.login()) {
          case OfPat(String id, var named) ->
              new CallingPat(
                  id,
                  row.text("name"),
                  row.instant("expires_at"),
                  row.instantOrNull("sign_in_due_at"),
                  row.uuid("secret_id"));
          case OfSession(UUID id) -> new CallingSession(id, row.instant("expires_at"));
        };
    SortedSet<String> effective = new TreeSet<>(row.texts("roles"));
    SortedSet<String> ofBoth = new TreeSet<>(effective);
    ofBoth.retainAll(claims.roles());
    return new CallerIdentity(
        claims, login, ofBoth, ofBoth.size() < effective.size(), row.instant("as_of"), requestId);
  }

  private static void requireValidNow(CallerIdentity caller) {
    if (!caller.claims().validity().includes(caller.asOf())) {
      throw AccessRefusals.INVALID.toException();
    }
  }

  private static void requireAdministrator(CallerIdentity caller) {
    if (!caller.isAdministrator()) {
      throw AccessRefusals.NOT_ADMINISTRATOR.toException();
    }
  }
}
