package dev.osmo.exchange.discovery;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Shows clients how to sign in without an access token. */
@Path("/api/auth/login")
@Produces(MediaType.APPLICATION_JSON)
class LoginResource {

  @GET
  @PermitAll
  @Operation(
      summary = "Shows how to sign in without an access token; no identity provider is configured.")
  public LoginView login() {
    return LoginView.WITHOUT_PROVIDER;
  }
}
