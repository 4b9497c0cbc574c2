package dev.osmo.exchange.oauth;

import dev.osmo.exchange.provider.DeviceCode;
import dev.osmo.exchange.signin.SignIn;
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
    return signIn.withDeviceCode(read(form)).map(SignInView::of);
  }

  private static DeviceCode read(OAuthForm form) {
    return new DeviceCode(
        form.required("client_id"),
        form.required("device_code"),
        form.value("code_verifier").map(Pkce::requireVerifier));
  }
}
