package dev.osmo.exchange.oauth;

import dev.osmo.exchange.exchange.Downscope;
import dev.osmo.exchange.exchange.Exchange;
import dev.osmo.exchange.exchange.ExchangeOutcome;
import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import dev.osmo.exchange.exchange.Refused;
import dev.osmo.exchange.oauth.TokenRequest.Acceptable;
import dev.osmo.exchange.oauth.TokenRequest.Subject.OfPat;
import dev.osmo.exchange.oauth.TokenRequest.Subject.OfPerson;
import dev.osmo.exchange.oauth.TokenRequest.Subject.OfWorkload;
import dev.osmo.exchange.oauth.TokenRequest.Unacceptable;
import dev.osmo.exchange.provider.IdToken;
import dev.osmo.exchange.signin.SignIn;
import dev.osmo.exchange.signin.SignInOutcome;
import dev.osmo.exchange.signin.SignInOutcome.NotSignedIn;
import dev.osmo.exchange.signin.SignInOutcome.SignedIn;
import dev.osmo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Token exchange, RFC 8693: of an access token, of the token of a workload that an access token
 * trusts, or of a person's ID token.
 */
@ApplicationScoped
class TokenExchangeGrant implements Grant {

  private final Exchange exchange;
  private final SignIn signIn;
  private final AllowedTargets targets;

  TokenExchangeGrant(Exchange exchange, SignIn signIn, AllowedTargets targets) {
    this.exchange = exchange;
    this.signIn = signIn;
    this.targets = targets;
  }

  @Override
  public String type() {
    return TokenRequest.GRANT_TYPE;
  }

  @Override
  public Uni<TokenAnswer> grant(OAuthForm form) {
    return switch (TokenRequest.read(form, targets)) {
      case Unacceptable unacceptable -> Refusal.of(unacceptable.problem()).toFailure();
      case Acceptable request -> exchange(request);
    };
  }

  private Uni<TokenAnswer> exchange(Acceptable request) {
    Downscope downscope = request.downscope();
    TokenType type = request.requestedType();
    return switch (request.subject()) {
      case OfPat(String token) ->
          exchange.exchange(token, downscope).map(outcome -> view(outcome, type));
      case OfWorkload(var credential) ->
          exchange.exchange(credential, downscope).map(outcome -> view(outcome, type));
      case OfPerson(IdToken token, Optional<String> clientId) ->
          signIn.withIdToken(token, clientId, downscope).map(outcome -> view(outcome, type));
    };
  }

  private static TokenAnswer view(ExchangeOutcome outcome, TokenType type) {
    return switch (outcome) {
      case Issued issued -> TokenView.of(issued, type);
      case Refused refused -> throw refused.refusal().toException();
    };
  }

  private static TokenAnswer view(SignInOutcome outcome, TokenType type) {
    return switch (outcome) {
      case SignedIn signedIn -> TokenView.of(signedIn, type);
      case NotSignedIn refused -> throw SignInView.refusal(refused).toException();
    };
  }
}
