package dev.osmo.token.session;

import dev.osmo.token.audit.Actor;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Row;
import dev.osmo.token.settings.SignInSettings;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Starts, renews and ends sessions. Every method runs in the caller's transaction and needs the
 * user's lock.
 */
@ApplicationScoped
public class LoginSessions {

  private static final String START =
      """
      INSERT INTO login_session (user_id, provider, issuer, subject, client_id, display_name, expires_at)
      VALUES (:user, :provider, :issuer, :subject, :client, CAST(:name AS text),
              clock_timestamp() + CAST(CAST(:life AS text) AS interval))
      RETURNING id, expires_at
      """;
  private static final String RENEW =
      """
      UPDATE login_session s SET verified_at = clock_timestamp(), display_name = CAST(:name AS text)
       WHERE s.id = (SELECT u.id FROM usable_session u
                      WHERE u.id = :session AND u.user_id = :user AND u.issuer = :issuer AND u.subject = :subject
                        AND u.client_id = :client)
      RETURNING s.id, s.expires_at
      """;

  /** All but those that were renewed last. */
  static final String END =
      """
      SELECT end_session(s.id, :actor, :reason, CAST(:request AS text), CAST(:via AS text), CAST(:jti AS text))
        FROM (SELECT u.id FROM usable_session u WHERE u.user_id = :user
               ORDER BY u.verified_at DESC, u.id OFFSET :kept) s
      """;

  private static final String END_ONE =
      """
      SELECT end_session(s.id, :actor, :reason, CAST(:request AS text), CAST(:via AS text), CAST(:jti AS text))
        FROM usable_session s WHERE s.user_id = :user AND s.id = :session
      """;

  private static final String OF_USER =
      """
      SELECT s.id, s.provider, s.client_id, s.created_at, s.verified_at, s.expires_at
        FROM usable_session s WHERE s.user_id = :user
       ORDER BY s.verified_at DESC, s.id
      """;

  /** The time is in whole seconds, so it may have been later in that second. */
  private static final String END_UNCONFIRMED =
      """
      SELECT end_session(s.id, :actor, :reason, CAST(:request AS text), CAST(:via AS text), CAST(:jti AS text))
        FROM (SELECT u.id FROM usable_session u
               WHERE u.user_id = :user AND u.issuer = :issuer
                 AND u.verified_at < CAST(CAST(:time AS text) AS timestamptz) + interval '1 second') s
      """;

  private final SignInSettings settings;

  LoginSessions(TokenServiceSettings settings) {
    this.settings = settings.signIn();
  }

  /** Ends the session that was unused for longest if the user has too many. */
  public Uni<LoginSession> start(Actor actor, SessionIdentity identity) {
    return end(
            actor, identity.userId(), settings.sessionsPerUser() - 1, "replaced by a newer sign-in")
        .chain(
            () ->
                of(START, identity)
                    .with("provider", identity.provider())
                    .with("life", settings.sessionLife().toString())
                    .first(LoginSessions::session))
        .map(Optional::orElseThrow);
  }

  /** Empty if the session has ended, or is not one of this user, subject and client. */
  public Uni<Optional<LoginSession>> renew(UUID session, SessionIdentity identity) {
    return of(RENEW, identity).with("session", session).first(LoginSessions::session);
  }

  /** Returns how many sessions were ended. */
  public Uni<Integer> endAll(Actor actor, String userId, String reason) {
    return end(actor, userId, 0, reason);
  }

  /** Returns whether there was such a session of this user. */
  Uni<Boolean> end(Actor actor, String userId, UUID session, String reason) {
    return ended(NativeQuery.of(END_ONE).with("session", session), actor, userId, reason)
        .map(ended -> ended > 0);
  }

  /** Those that can be used, the one that was renewed last first. */
  Uni<List<StoredSession>> of(String userId) {
    return NativeQuery.of(OF_USER).with("user", userId).list(LoginSessions::stored);
  }

  /** Ends the sessions at an issuer that it has not confirmed after this time. */
  public Uni<Integer> endUnconfirmed(
      Actor actor, String userId, String issuer, Instant time, String reason) {
    return ended(
        NativeQuery.of(END_UNCONFIRMED).with("issuer", issuer).with("time", time.toString()),
        actor,
        userId,
        reason);
  }

  private static Uni<Integer> end(Actor actor, String userId, int kept, String reason) {
    return ended(NativeQuery.of(END).with("kept", kept), actor, userId, reason);
  }

  private static Uni<Integer> ended(NativeQuery query, Actor actor, String userId, String reason) {
    return query
        .with("user", userId)
        .with("actor", actor.userId())
        .with("request", actor.requestId())
        .with("via", actor.via())
        .with("jti", actor.jti())
        .with("reason", reason)
        .list(Boolean.class)
        .map(ended -> Math.toIntExact(ended.stream().filter(Boolean::booleanValue).count()));
  }

  private static StoredSession stored(Row row) {
    return new StoredSession(
        row.uuid("id"),
        row.text("provider"),
        row.text("client_id"),
        row.instant("created_at"),
        row.instant("verified_at"),
        row.instant("expires_at"));
  }

  private static NativeQuery of(String sql, SessionIdentity identity) {
    return NativeQuery.of(sql)
        .with("user", identity.userId())
        .with("issuer", identity.issuer())
        .with("subject", identity.subject())
        .with("client", identity.clientId())
        .with("name", identity.name().orElse(null));
  }

  private static LoginSession session(Row row) {
    return new LoginSession(row.uuid("id"), row.instant("expires_at"));
  }
}
