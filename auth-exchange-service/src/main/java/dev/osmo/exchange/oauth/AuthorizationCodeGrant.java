package dev.osmo.exchange.oauth;

import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.provider.AuthorizationCode;
import dev.osmo.exchange.signin.SignIn;
import dev.osmo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * The authorization code that an identity provider issued, with PKCE (RFC 6749, section 4.1.3, and
 * RFC 7636). The verifier is required for every client.
 */
@ApplicationScoped
class AuthorizationCodeGrant implements Grant {

  static final String TYPE = "authorization_code";

  private final SignIn signIn;

  AuthorizationCodeGrant(SignIn signIn) {
    this.signIn = signIn;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Uni<TokenAnswer> grant(OAuthForm form) {
    return signIn(form).map(view -> view);
  }

  /** The tokens, or the failure that refuses the sign-in. */
  Uni<SignInView> signIn(OAuthForm form) {
    return read(form)
        .map(code -> signIn.withCode(code, form.value("nonce")).map(SignInView::of))
        .orElseGet(() -> Refusal.of(ExchangeProblem.MALFORMED_FORM).toFailure());
  }

  private static Optional<AuthorizationCode> read(OAuthForm form) {
    Optional<String> verifier = form.value("code_verifier").filter(Pkce::isVerifier);
    return form.has("client_id") && form.has("code") && form.has("redirect_uri")
        ? verifier.map(
            text ->
                new AuthorizationCode(
                    form.value("client_id").orElseThrow(),
                    form.value("code").orElseThrow(),
                    form.value("redirect_uri").orElseThrow(),
                    text))
        : Optional.empty();
  }
}
