package dev.osmo.token.caller;

import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Row;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Reads, in one statement, which permissions of a JWT are still valid: its secret can still be
 * used, and its roles are reduced to those that the token still has. Time is the database's.
 */
@ApplicationScoped
public class CurrentPermissions {

  private static final String CURRENT_PERMISSIONS =
      """
      SELECT s.token_name AS name, s.expires_at AS expires_at, statement_timestamp() AS as_of,
             (SELECT string_agg(r.role_name, ',') FROM effective_roles(s.token_id, s.user_id) r) AS roles
        FROM usable_secret s
       WHERE s.token_id = :pat AND s.user_id = :user
         AND s.id = coalesce(CAST(CAST(:secret AS text) AS uuid), s.id)
       LIMIT 1
      """;

  /** Reads in the open session. Fails with a refusal if the secret can no longer be used. */
  Uni<CallerIdentity> read(VerifiedClaims claims, String requestId) {
    return NativeQuery.of(CURRENT_PERMISSIONS)
        .with("pat", claims.patId())
        .with("user", claims.userId())
        .with("secret", claims.secretId().map(UUID::toString).orElse(null))
        .first(row -> caller(row, claims, requestId))
        .map(caller -> caller.orElseThrow(AccessRefusals.INVALID::toException));
  }

  /** Reads the same caller again, in the transaction that will write. */
  public Uni<CallerIdentity> confirm(CallerIdentity caller) {
    return read(caller.claims(), caller.requestId());
  }

  /** Reads the same caller again, and requires the administrator role. */
  public Uni<CallerIdentity> confirmAdministrator(CallerIdentity caller) {
    return confirm(caller).invoke(CurrentPermissions::requireAdministrator);
  }

  private static CallerIdentity caller(Row row, VerifiedClaims claims, String requestId) {
    CallingPat pat = new CallingPat(claims.patId(), row.text("name"), row.instant("expires_at"));
    SortedSet<String> effective = new TreeSet<>(row.texts("roles"));
    SortedSet<String> ofBoth = new TreeSet<>(effective);
    ofBoth.retainAll(claims.roles());
    return new CallerIdentity(
        claims, pat, ofBoth, ofBoth.size() < effective.size(), row.instant("as_of"), requestId);
  }

  private static void requireAdministrator(CallerIdentity caller) {
    if (!caller.isAdministrator()) {
      throw AccessRefusals.NOT_ADMINISTRATOR.toException();
    }
  }
}
