package dev.osmo.exchange.signin;

import dev.osmo.exchange.exchange.Downscope;
import dev.osmo.exchange.limits.Caller;
import dev.osmo.exchange.limits.Limits;
import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.provider.AuthorizationCode;
import dev.osmo.exchange.provider.DeviceCode;
import dev.osmo.exchange.provider.IdToken;
import dev.osmo.exchange.provider.Provider;
import dev.osmo.exchange.provider.ProviderAnswer;
import dev.osmo.exchange.provider.ProviderAnswer.NoIdToken;
import dev.osmo.exchange.provider.ProviderAnswer.Refused;
import dev.osmo.exchange.provider.ProviderAnswer.Tokens;
import dev.osmo.exchange.provider.ProviderAnswer.Unavailable;
import dev.osmo.exchange.provider.ProviderError;
import dev.osmo.exchange.provider.ProviderRefreshToken;
import dev.osmo.exchange.provider.Providers;
import dev.osmo.exchange.signin.SessionAnswer.NotKept;
import dev.osmo.exchange.signin.SignInOutcome.NotSignedIn;
import dev.osmo.exchange.signin.SignInOutcome.SignedIn;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;

/**
 * Signs people in.
 *
 * <ol>
 *   <li>The client id decides the provider, so a code is never sent to another one.
 *   <li>token-service verifies the ID token and decides who may sign in. Nothing is issued before.
 *   <li>Requests that an anonymous caller makes the provider answer are limited by address, and
 *       wrong credentials count as failures of the address.
 *   <li>No credential of the provider leaves this service, except within a sealed refresh token.
 * </ol>
 */
@ApplicationScoped
public class SignIn {

  private final Providers providers;
  private final SessionService service;
  private final SessionJwts jwts;
  private final RefreshTokens refreshTokens;
  private final SignInRecord record;
  private final Limits limits;

  SignIn(
      Providers providers,
      SessionService service,
      SessionJwts jwts,
      RefreshTokens refreshTokens,
      SignInRecord record,
      Limits limits) {
    this.providers = providers;
    this.service = service;
    this.jwts = jwts;
    this.refreshTokens = refreshTokens;
    this.record = record;
    this.limits = limits;
  }

  /**
   * With the code that the provider sent to the client through the browser.
   *
   * @param nonce what the client sent to the provider, if it did
   */
  public Uni<SignInOutcome> withCode(AuthorizationCode code, Optional<String> nonce) {
    return limited(
        "code",
        caller -> atProvider(code.clientId(), nonce, caller, provider -> provider.redeem(code)));
  }

  /** With the code of a device, whose user may not have signed in yet. */
  public Uni<SignInOutcome> withDeviceCode(DeviceCode code) {
    return limited(
        "device",
        caller ->
            atProvider(
                code.clientId(), Optional.empty(), caller, provider -> provider.redeem(code)));
  }

  /**
   * With an ID token that the client has. There is no refresh token.
   *
   * @param clientId the only accepted audience; empty if the ID token decides
   */
  public Uni<SignInOutcome> withIdToken(
      IdToken token, Optional<String> clientId, Downscope downscope) {
    return limited("id_token", caller -> verified(token, clientId, downscope, caller));
  }

  private Uni<SignInOutcome> limited(String kind, Function<Caller, Uni<SignInOutcome>> work) {
    Caller caller = limits.caller();
    if (!caller.beginLookup()) {
      return refused(ExchangeProblem.TOO_MANY_FAILURES);
    }
    return Uni.createFrom()
        .deferred(
            () ->
                caller.spendSignIn()
                    ? work.apply(caller)
                    : refused(ExchangeProblem.TOO_MANY_SIGN_INS))
        .onTermination()
        .invoke(caller::endLookup)
        .map(outcome -> countFailure(outcome, caller))
        .invoke(outcome -> record.completed(kind, outcome));
  }

  private Uni<SignInOutcome> atProvider(
      String clientId,
      Optional<String> nonce,
      Caller caller,
      Function<Provider, Uni<ProviderAnswer>> redeeming) {
    return providers
        .ofClient(clientId)
        .map(
            provider ->
                redeeming
                    .apply(provider)
                    .chain(answer -> signIn(answer, provider, clientId, nonce, caller)))
        .orElseGet(() -> refused(ExchangeProblem.UNKNOWN_CLIENT));
  }

  private Uni<SignInOutcome> signIn(
      ProviderAnswer answer,
      Provider provider,
      String clientId,
      Optional<String> nonce,
      Caller caller) {
    return switch (answer) {
      case Tokens(IdToken idToken, Optional<ProviderRefreshToken> refreshToken) ->
          start(
                  new SessionRequest(idToken, clientId, nonce, Optional.empty()),
                  Downscope.NONE,
                  caller)
              .map(outcome -> withRefreshToken(outcome, provider, clientId, refreshToken));
      case NoIdToken ignored -> refused(ExchangeProblem.PROVIDER_UNAVAILABLE);
      case Refused(ProviderError error) -> refused(problem(error));
      case Unavailable ignored -> refused(ExchangeProblem.PROVIDER_UNAVAILABLE);
    };
  }

  private Uni<SignInOutcome> verified(
      IdToken token, Optional<String> clientId, Downscope downscope, Caller caller) {
    return UnverifiedIdToken.read(token.text())
        .filter(claims -> clientId.isEmpty() || clientId.get().equals(claims.audience()))
        .filter(this::isOfProvider)
        .map(
            claims ->
                start(
                    new SessionRequest(
                        token, claims.audience(), Optional.empty(), Optional.empty()),
                    downscope,
                    caller))
        .orElseGet(() -> refused(ExchangeProblem.ID_TOKEN_INVALID));
  }

  private boolean isOfProvider(UnverifiedIdToken claims) {
    return providers
        .find(claims.issuer())
        .filter(provider -> provider.settings().clients().ids().contains(claims.audience()))
        .isPresent();
  }

  /** The roles are read after token-service has committed the session and the user's roles. */
  private Uni<SignInOutcome> start(SessionRequest request, Downscope downscope, Caller caller) {
    return service.keep(request, caller).chain(answer -> issue(answer, downscope));
  }

  private Uni<SignInOutcome> issue(SessionAnswer answer, Downscope downscope) {
    return switch (answer) {
      case SessionAnswer.Kept(var sessionId) -> jwts.issue(sessionId, downscope);
      case NotKept refusal -> Uni.createFrom().item(notSignedIn(refusal));
    };
  }

  static NotSignedIn notSignedIn(NotKept answer) {
    return switch (answer) {
      case SessionAnswer.RefusedPerson(String detail) ->
          new NotSignedIn(ExchangeProblem.SIGN_IN_REFUSED, detail);
      case SessionAnswer.InvalidIdToken ignored ->
          NotSignedIn.because(ExchangeProblem.ID_TOKEN_INVALID);
      case SessionAnswer.Ended ignored -> NotSignedIn.because(ExchangeProblem.SESSION_ENDED);
      case SessionAnswer.TooMany ignored -> NotSignedIn.because(ExchangeProblem.TOO_MANY_SIGN_INS);
      case SessionAnswer.Unavailable ignored ->
          NotSignedIn.because(ExchangeProblem.SIGN_IN_UNAVAILABLE);
    };
  }

  private SignInOutcome withRefreshToken(
      SignInOutcome outcome,
      Provider provider,
      String clientId,
      Optional<ProviderRefreshToken> token) {
    return outcome instanceof SignedIn signedIn
        ? signedIn.with(
            token.flatMap(
                text ->
                    refreshTokens.seal(
                        new RefreshGrant(
                            signedIn.session().id(),
                            provider.settings().name(),
                            clientId,
                            text.text(),
                            signedIn.session().readAt().getEpochSecond()))))
        : outcome;
  }

  private static ExchangeProblem problem(ProviderError error) {
    return switch (error) {
      case INVALID_GRANT, INVALID_REQUEST -> ExchangeProblem.SIGN_IN_CODE_INVALID;
      case ACCESS_DENIED -> ExchangeProblem.SIGN_IN_DENIED;
      case AUTHORIZATION_PENDING -> ExchangeProblem.SIGN_IN_PENDING;
      case SLOW_DOWN -> ExchangeProblem.SLOW_DOWN;
      case EXPIRED_TOKEN -> ExchangeProblem.DEVICE_CODE_EXPIRED;
    };
  }

  /** Hides whether a wrong credential was looked up once the address has sent too many. */
  private static SignInOutcome countFailure(SignInOutcome outcome, Caller caller) {
    return outcome instanceof NotSignedIn refused && refused.isFailure() && !caller.failed()
        ? NotSignedIn.because(ExchangeProblem.TOO_MANY_FAILURES)
        : outcome;
  }

  private static Uni<SignInOutcome> refused(ExchangeProblem problem) {
    return Uni.createFrom().item(NotSignedIn.because(problem));
  }
}
