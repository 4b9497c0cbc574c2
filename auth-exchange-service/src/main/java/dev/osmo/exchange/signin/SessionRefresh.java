package dev.osmo.exchange.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.osmo.exchange.exchange.Downscope;
import dev.osmo.exchange.limits.Caller;
import dev.osmo.exchange.limits.Limits;
import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.provider.Provider;
import dev.osmo.exchange.provider.ProviderAnswer;
import dev.osmo.exchange.provider.ProviderAnswer.NoIdToken;
import dev.osmo.exchange.provider.ProviderAnswer.Refused;
import dev.osmo.exchange.provider.ProviderAnswer.Tokens;
import dev.osmo.exchange.provider.ProviderAnswer.Unavailable;
import dev.osmo.exchange.provider.ProviderRefreshToken;
import dev.osmo.exchange.provider.Providers;
import dev.osmo.exchange.session.StoredSession;
import dev.osmo.exchange.session.StoredSessions;
import dev.osmo.exchange.signin.SessionAnswer.Kept;
import dev.osmo.exchange.signin.SessionAnswer.NotKept;
import dev.osmo.exchange.signin.SignInOutcome.NotSignedIn;
import dev.osmo.exchange.signin.SignInOutcome.SignedIn;
import dev.osmo.http.request.RequestId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Refreshes the JWT of a session, and ends sessions.
 *
 * <ol>
 *   <li>A refresh token that was not sealed here costs no read and no request, and counts as a
 *       failure of the address. That of a session that has ended costs one read. One that was
 *       sealed here is not affected by the failures of others behind the same address.
 *   <li>The provider confirms the person at every refresh, and token-service verifies its new ID
 *       token. A person who is disabled there gets no further JWT.
 *   <li>The provider may replace its refresh token and refuse the old one afterwards. If a later
 *       step fails, or the client has hung up, this replica keeps the new one for a few minutes, so
 *       that the client can try again with the refresh token that it has.
 *   <li>{@code session-ended} and {@code sign-in-again} mean that this refresh token will never be
 *       accepted again, and so does {@code refresh-token-invalid} for one that was not sealed here.
 *       No other refusal does.
 * </ol>
 */
@ApplicationScoped
public class SessionRefresh {

  private static final Logger LOG = Logger.getLogger(SessionRefresh.class);
  private static final String KIND = "refresh";
  private static final String REASON = "signed out";
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final int MOST_KEPT = 10_000;

  private final Providers providers;
  private final StoredSessions sessions;
  private final SessionService service;
  private final SessionJwts jwts;
  private final RefreshTokens refreshTokens;
  private final SignInRecord record;
  private final Limits limits;

  private final Cache<RefreshGrant, Tokens> unfinished =
      Caffeine.newBuilder()
          .maximumSize(MOST_KEPT)
          .expireAfterWrite(KEPT)
          .executor(Runnable::run)
          .build();

  SessionRefresh(
      Providers providers,
      StoredSessions sessions,
      SessionService service,
      SessionJwts jwts,
      RefreshTokens refreshTokens,
      SignInRecord record,
      Limits limits) {
    this.providers = providers;
    this.sessions = sessions;
    this.service = service;
    this.jwts = jwts;
    this.refreshTokens = refreshTokens;
    this.record = record;
    this.limits = limits;
  }

  /** A new JWT and a new refresh token. Counts against the limit of the session. */
  public Uni<SignInOutcome> refresh(String clientId, RefreshToken token, Downscope downscope) {
    return refresh(token, grant -> grant.clientId().equals(clientId), downscope);
  }

  /**
   * The same for our web page. Only this service reads and writes its cookie, so the page need not
   * name the client that signed in.
   */
  public Uni<SignInOutcome> refresh(RefreshToken token) {
    return refresh(token, grant -> true, Downscope.NONE);
  }

  private Uni<SignInOutcome> refresh(
      RefreshToken token, Predicate<RefreshGrant> allowed, Downscope downscope) {
    Caller caller = limits.caller();
    return refreshTokens
        .open(token)
        .filter(allowed)
        .map(grant -> refresh(grant, downscope, caller))
        .orElseGet(() -> Uni.createFrom().item(() -> invalid(caller)))
        .invoke(outcome -> record.completed(KIND, outcome));
  }

  /**
   * Ends the session of this refresh token, and asks the provider to revoke its own. Completes for
   * every text, as if there was a session. False if the limit of sign-outs is reached; refreshes do
   * not count.
   */
  public Uni<Boolean> revoke(RefreshToken token) {
    Caller caller = limits.caller();
    return refreshTokens
        .open(token)
        .map(
            grant ->
                caller.spendSignOut(grant.sessionId())
                    ? revoke(grant, caller.requestId()).replaceWith(true)
                    : Uni.createFrom().item(false))
        .orElseGet(() -> Uni.createFrom().item(true));
  }

  /**
   * Ends a session whose refresh token its client cannot keep. Completes also if that is not
   * possible: nobody could try it again, and the session expires.
   */
  public Uni<Void> abandon(RefreshToken token) {
    Optional<UUID> session = refreshTokens.open(token).map(RefreshGrant::sessionId);
    return revoke(token)
        .invoke(done -> logUnless(done, session, "limit of sign-outs"))
        .onFailure()
        .recoverWithItem(failure -> logUnless(false, session, failure.getClass().getSimpleName()))
        .replaceWithVoid();
  }

  private static boolean logUnless(boolean done, Optional<UUID> session, String reason) {
    if (!done) {
      LOG.warnf(
          "session not ended: session_id=%s reason=%s",
          session.map(UUID::toString).orElse("unknown"), reason);
    }
    return done;
  }

  private Uni<Void> revoke(RefreshGrant grant, RequestId requestId) {
    return sessions
        .end(grant.sessionId(), REASON, requestId.value())
        .call(ended -> ended ? revokeAtProvider(grant) : Uni.createFrom().voidItem())
        .replaceWithVoid();
  }

  private Uni<Void> revokeAtProvider(RefreshGrant grant) {
    return providers
        .named(grant.provider())
        .map(provider -> provider.revoke(grant.clientId(), grant.token()))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private Uni<SignInOutcome> refresh(RefreshGrant grant, Downscope downscope, Caller caller) {
    Optional<Provider> provider =
        providers
            .named(grant.provider())
            .filter(known -> known.settings().clients().ids().contains(grant.clientId()));
    if (provider.isEmpty()) {
      // Its configuration may be restored, and the refresh token is no guess of the caller.
      return Uni.createFrom().item(NotSignedIn.forNow(ExchangeProblem.REFRESH_TOKEN_INVALID));
    }
    return caller.spendRefresh(grant.sessionId())
        ? sessions
            .find(grant.sessionId())
            .chain(found -> refresh(found, provider.get(), grant, downscope, caller))
        : refused(ExchangeProblem.TOO_MANY_EXCHANGES);
  }

  private Uni<SignInOutcome> refresh(
      Optional<StoredSession> session,
      Provider provider,
      RefreshGrant grant,
      Downscope downscope,
      Caller caller) {
    return session.isEmpty()
        ? refused(ExchangeProblem.SESSION_ENDED)
        : confirm(provider, grant).chain(answer -> renew(answer, grant, downscope, caller));
  }

  private Uni<ProviderAnswer> confirm(Provider provider, RefreshGrant grant) {
    Tokens kept = unfinished.getIfPresent(grant);
    return kept != null
        ? Uni.createFrom().item(kept)
        : provider.refresh(grant.clientId(), grant.token()).invoke(answer -> keep(grant, answer));
  }

  /** Once for each confirmation, so that repeated attempts do not prolong it. */
  private void keep(RefreshGrant grant, ProviderAnswer answer) {
    if (answer instanceof Tokens tokens) {
      unfinished.put(grant, tokens);
    }
  }

  private Uni<SignInOutcome> renew(
      ProviderAnswer answer, RefreshGrant grant, Downscope downscope, Caller caller) {
    return switch (answer) {
      case Tokens tokens -> renew(tokens, grant, downscope, caller);
      case NoIdToken ignored -> refused(ExchangeProblem.ID_TOKEN_INVALID);
      case Refused ignored -> refused(ExchangeProblem.SIGN_IN_AGAIN);
      case Unavailable ignored -> refused(ExchangeProblem.PROVIDER_UNAVAILABLE);
    };
  }

  private Uni<SignInOutcome> renew(
      Tokens tokens, RefreshGrant grant, Downscope downscope, Caller caller) {
    SessionRequest request =
        new SessionRequest(
            tokens.idToken(), grant.clientId(), Optional.empty(), Optional.of(grant.sessionId()));
    return service
        .keep(request, caller)
        .chain(answer -> issue(answer, grant, downscope))
        .invoke(outcome -> forgetIfFinal(outcome, grant, caller))
        .map(outcome -> withRefreshToken(outcome, grant, tokens.refreshToken()));
  }

  private Uni<SignInOutcome> issue(SessionAnswer answer, RefreshGrant grant, Downscope downscope) {
    return switch (answer) {
      case Kept(UUID sessionId) when sessionId.equals(grant.sessionId()) ->
          jwts.issue(sessionId, downscope);
      case Kept other -> refused(ExchangeProblem.SIGN_IN_UNAVAILABLE);
      case NotKept refusal -> Uni.createFrom().item(SignIn.notSignedIn(refusal));
    };
  }

  /**
   * A refusal that is not final, such as a failure or one of roles, keeps the provider's tokens for
   * the next attempt. So does a response that nobody receives: it has the only copy of the new
   * refresh token.
   */
  private void forgetIfFinal(SignInOutcome outcome, RefreshGrant grant, Caller caller) {
    boolean mayPass = outcome instanceof NotSignedIn refused && !refused.isFinal();
    if (!mayPass && !caller.hasHungUp()) {
      unfinished.invalidate(grant);
    }
  }

  /** Without a new one, the provider's refresh token stays valid (RFC 6749, section 6). */
  private SignInOutcome withRefreshToken(
      SignInOutcome outcome, RefreshGrant grant, Optional<ProviderRefreshToken> token) {
    return outcome instanceof SignedIn signedIn
        ? signedIn.with(
            refreshTokens.seal(
                new RefreshGrant(
                    grant.sessionId(),
                    grant.provider(),
                    grant.clientId(),
                    token.map(ProviderRefreshToken::text).orElse(grant.providerToken()),
                    signedIn.session().readAt().getEpochSecond())))
        : outcome;
  }

  private static SignInOutcome invalid(Caller caller) {
    return NotSignedIn.because(
        caller.failed()
            ? ExchangeProblem.REFRESH_TOKEN_INVALID
            : ExchangeProblem.TOO_MANY_FAILURES);
  }

  private static Uni<SignInOutcome> refused(ExchangeProblem problem) {
    return Uni.createFrom().item(NotSignedIn.because(problem));
  }
}
