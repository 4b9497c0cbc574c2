package dev.osmo.exchange.oauth;

import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.provider.DeviceCode;
import dev.osmo.exchange.signin.SignIn;
import dev.osmo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The code of a device whose user signs in elsewhere (RFC 8628, section 3.4). */
@ApplicationScoped
class DeviceCodeGrant implements Grant {

  private final SignIn signIn;

  DeviceCodeGrant(SignIn signIn) {
    this.signIn = signIn;
  }

  @Override
  public String type() {
    return DeviceCode.GRANT_TYPE;
  }

  @Override
  public Uni<TokenAnswer> grant(OAuthForm form) {
    boolean wellFormed =
        form.has("client_id")
            && form.has("device_code")
            && form.value("code_verifier").map(Pkce::isVerifier).orElse(true);
    return wellFormed
        ? signIn.withDeviceCode(read(form)).map(SignInView::of)
        : Refusal.of(ExchangeProblem.MALFORMED_FORM).toFailure();
  }

  private static DeviceCode read(OAuthForm form) {
    return new DeviceCode(
        form.value("client_id").orElseThrow(),
        form.value("device_code").orElseThrow(),
        form.value("code_verifier"));
  }
}
