package dev.osmo.exchange.signin;

import dev.osmo.exchange.exchange.Downscope;
import dev.osmo.exchange.jwt.JwtOrigin.OfSession;
import dev.osmo.exchange.jwt.JwtSigner;
import dev.osmo.exchange.jwt.JwtSubject;
import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.session.StoredSession;
import dev.osmo.exchange.session.StoredSessions;
import dev.osmo.exchange.signin.SignInOutcome.NotSignedIn;
import dev.osmo.exchange.signin.SignInOutcome.SignedIn;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Issues JWTs for sessions. The roles are those that the user has now, limited to those that the
 * caller requests. {@code iat} is the database time at which they were read, and {@code exp} is
 * never after the end of the session.
 */
@ApplicationScoped
class SessionJwts {

  private static final NotSignedIn NO_ROLES =
      new NotSignedIn(
          ExchangeProblem.NO_ROLES_LEFT, "You have no roles here. Ask an administrator for a role");

  private final StoredSessions sessions;
  private final JwtSigner signer;

  SessionJwts(StoredSessions sessions, JwtSigner signer) {
    this.sessions = sessions;
    this.signer = signer;
  }

  /** Reads the session and the roles, and signs. */
  Uni<SignInOutcome> issue(UUID sessionId, Downscope downscope) {
    return sessions
        .find(sessionId)
        .map(
            found ->
                found
                    .map(session -> sign(session, downscope))
                    .orElseGet(() -> NotSignedIn.because(ExchangeProblem.SESSION_ENDED)));
  }

  private SignInOutcome sign(StoredSession session, Downscope downscope) {
    List<String> roles = downscope.applyTo(session.roles());
    Optional<Instant> until = latestExpiry(session);
    if (until.isEmpty()) {
      return NotSignedIn.because(ExchangeProblem.SESSION_ENDED);
    }
    if (roles.isEmpty()) {
      return session.roles().isEmpty()
          ? NO_ROLES
          : NotSignedIn.because(ExchangeProblem.INVALID_SCOPE);
    }
    return signer
        .sign(subject(session, roles, downscope, until.get()))
        .<SignInOutcome>map(jwt -> new SignedIn(jwt, session, roles, Optional.empty()))
        .orElseGet(() -> NotSignedIn.because(ExchangeProblem.TOO_MANY_ROLES));
  }

  /**
   * A JWT counts whole seconds and lives for at least one, so none is issued in the last second of
   * a session.
   */
  private Optional<Instant> latestExpiry(StoredSession session) {
    Instant now = session.readAt();
    Instant end = session.expiresAt().truncatedTo(ChronoUnit.SECONDS);
    Instant longest = now.plus(signer.ttl()).truncatedTo(ChronoUnit.SECONDS);
    return end.isBefore(now.plusSeconds(1))
        ? Optional.empty()
        : Optional.of(end.isBefore(longest) ? end : longest);
  }

  private static JwtSubject subject(
      StoredSession session, List<String> roles, Downscope downscope, Instant until) {
    return new JwtSubject(
        session.userId(),
        new OfSession(session.id(), session.clientId(), session.displayName()),
        roles,
        downscope.audience(),
        session.readAt(),
        until);
  }
}
