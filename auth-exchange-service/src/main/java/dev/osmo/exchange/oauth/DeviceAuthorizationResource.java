package dev.osmo.exchange.oauth;

import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.provider.DeviceRequest;
import dev.osmo.exchange.signin.DeviceSignIn;
import dev.osmo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
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
    return OAuthForm.read(body)
        .flatMap(DeviceAuthorizationResource::read)
        .map(request -> signIn.start(request).map(DeviceAuthorizationView::of))
        .orElseGet(() -> Refusal.of(ExchangeProblem.MALFORMED_FORM).toFailure());
  }

  private static Optional<DeviceRequest> read(OAuthForm form) {
    Optional<String> challenge = form.value("code_challenge");
    Optional<String> method = form.value("code_challenge_method");
    return challenge.map(Pkce::isChallenge).orElse(true) && method.map(Pkce::isMethod).orElse(true)
        ? form.value("client_id").map(id -> new DeviceRequest(id, challenge, method))
        : Optional.empty();
  }
}
