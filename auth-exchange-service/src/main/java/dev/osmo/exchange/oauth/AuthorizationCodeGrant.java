package dev.osmo.exchange.oauth;

import dev.osmo.exchange.provider.AuthorizationCode;
import dev.osmo.exchange.signin.SignIn;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

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
    return signIn.withCode(read(form), form.value("nonce")).map(SignInView::of);
  }

  private static AuthorizationCode read(OAuthForm form) {
    return new AuthorizationCode(
        form.required("client_id"),
        form.required("code"),
        form.required("redirect_uri"),
        Pkce.requireVerifier(form.required("code_verifier")));
  }
}
