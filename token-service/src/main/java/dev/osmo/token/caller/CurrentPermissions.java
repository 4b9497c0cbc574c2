package dev.osmo.token.caller;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Reads, in one statement, what is left of the rights a JWT names: its owner is enabled, its token
 * is neither expired nor suspended, the secret that was exchanged is alive, and which roles both
 * still have. Time is the database's.
 */
@ApplicationScoped
public class CurrentPermissions {

  private static final String WHAT_THE_LOGIN_STILL_MAY =
      """
      SELECT t.name AS name, t.expires_at AS expires_at, clock_timestamp() AS as_of,
             (SELECT string_agg(a.role_name, ',')
                FROM access_token_role r
                JOIN role_assignment a ON a.id = r.assignment_id AND a.user_id = t.user_id
               WHERE r.token_id = t.id) AS roles
        FROM access_token t
        JOIN users u ON u.id = t.user_id
       WHERE t.id = :pat AND t.user_id = :user
         AND u.disabled_at IS NULL
         AND t.suspended_at IS NULL
         AND t.expires_at > clock_timestamp()
         AND EXISTS (SELECT FROM access_token_secret s
                      WHERE s.token_id = t.id AND s.revoked_at IS NULL
                        AND s.id = coalesce(CAST(CAST(:secret AS text) AS uuid), s.id)
                        AND (s.valid_until IS NULL OR s.valid_until > clock_timestamp()))
      """;

  /** In the session that is open. Fails with a refusal when the login is dead. */
  Uni<CallerIdentity> read(VerifiedClaims claims, String requestId) {
    return Panache.getSession()
        .chain(session -> query(session, claims))
        .map(rows -> caller(rows, claims, requestId));
  }

  /** The same caller, read again: for the transaction that is about to write. */
  public Uni<CallerIdentity> confirm(CallerIdentity caller) {
    return read(caller.claims(), caller.requestId());
  }

  /** The same, for what only administrators may do. */
  public Uni<CallerIdentity> confirmAdministrator(CallerIdentity caller) {
    return confirm(caller).invoke(CurrentPermissions::requireAdministrator);
  }

  private static Uni<List<Tuple>> query(Mutiny.Session session, VerifiedClaims claims) {
    return session
        .createNativeQuery(WHAT_THE_LOGIN_STILL_MAY, Tuple.class)
        .setParameter("pat", claims.patId())
        .setParameter("user", claims.userId())
        .setParameter("secret", claims.secretId().map(UUID::toString).orElse(null))
        .getResultList();
  }

  private static CallerIdentity caller(List<Tuple> rows, VerifiedClaims claims, String requestId) {
    if (rows.isEmpty()) {
      throw BearerRefusals.INVALID.toException();
    }
    Tuple row = rows.getFirst();
    CallingPat pat =
        new CallingPat(
            claims.patId(),
            row.get("name", String.class),
            row.get("expires_at", OffsetDateTime.class).toInstant());
    SortedSet<String> effective = roles(row.get("roles", String.class));
    SortedSet<String> ofBoth = new TreeSet<>(effective);
    ofBoth.retainAll(claims.roles());
    return new CallerIdentity(
        claims,
        pat,
        ofBoth,
        ofBoth.size() < effective.size(),
        row.get("as_of", OffsetDateTime.class).toInstant(),
        requestId);
  }

  private static SortedSet<String> roles(@Nullable String effective) {
    return effective == null ? new TreeSet<>() : new TreeSet<>(List.of(effective.split(",")));
  }

  private static void requireAdministrator(CallerIdentity caller) {
    if (!caller.isAdministrator()) {
      throw BearerRefusals.NOT_ADMINISTRATOR.toException();
    }
  }
}
