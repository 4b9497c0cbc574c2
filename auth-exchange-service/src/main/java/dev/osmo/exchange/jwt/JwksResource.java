package dev.osmo.exchange.jwt;

import dev.osmo.exchange.jwt.keys.SigningKeys;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The public keys (RFC 7517), for every verifier of our JWTs. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
    responseCode = "200",
    description = "The key set (RFC 7517). A JWT names its key in kid.",
    headers = {
      @Header(name = "Cache-Control", ref = "Cacheable"),
      @Header(name = "ETag", ref = "Version")
    },
    content = @Content(schema = @Schema(ref = "KeySet")))
@APIResponse(
    responseCode = "304",
    description = "The caller's copy is still current.",
    headers = {
      @Header(name = "Cache-Control", ref = "Cacheable"),
      @Header(name = "ETag", ref = "Version")
    })
class JwksResource {

  private final SigningKeys keys;
  private final Duration maxAge;

  JwksResource(SigningKeys keys, AuthExchangeConfig config) {
    this.keys = keys;
    this.maxAge = config.jwt().jwksMaxAge();
  }

  @GET
  @Path("/api/auth/keys")
  @PermitAll
  @Operation(summary = "Shows the public keys that verify the JWTs.")
  public Response keys(@Context Request request) {
    return jwks(request);
  }

  @GET
  @Path("/.well-known/jwks.json")
  @PermitAll
  @Operation(summary = "Shows the same keys where OAuth clients expect them.")
  public Response wellKnownKeys(@Context Request request) {
    return jwks(request);
  }

  private Response jwks(Request request) {
    return new PublicDocument(keys.jwks(), maxAge).response(request);
  }
}
