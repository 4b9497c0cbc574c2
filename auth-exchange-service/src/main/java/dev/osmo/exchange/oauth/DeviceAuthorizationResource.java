package dev.osmo.exchange.oauth;

import dev.osmo.exchange.provider.DeviceRequest;
import dev.osmo.exchange.signin.DeviceSignIn;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The device authorization endpoint, RFC 8628. The identity provider issues the codes. */
@Path("/oauth2/device_authorization")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
class DeviceAuthorizationResource {

  private final DeviceSignIn signIn;

  DeviceAuthorizationResource(DeviceSignIn signIn) {
    this.signIn = signIn;
  }

  @POST
  @PermitAll
  @Operation(
      summary =
          "Starts a sign-in for a device without a browser (RFC 8628). A person confirms it at the"
              + " identity provider.")
  @APIResponse(
      responseCode = "200",
      description = "Where the person signs in, and with which code.",
      headers = {
        @Header(name = "RateLimit-Policy", ref = "RateLimitPolicy"),
        @Header(name = "RateLimit", ref = "RateLimit")
      })
  public Uni<DeviceAuthorizationView> authorize(String body) {
    return signIn.start(read(OAuthForm.read(body))).map(DeviceAuthorizationView::of);
  }

  private static DeviceRequest read(OAuthForm form) {
    return new DeviceRequest(
        form.required("client_id"),
        form.value("code_challenge").map(Pkce::requireChallenge),
        form.value("code_challenge_method").map(Pkce::requireMethod));
  }
}
