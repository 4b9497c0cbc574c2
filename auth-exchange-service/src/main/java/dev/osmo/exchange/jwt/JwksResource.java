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

/** The public keys (RFC 7517), for every verifier of our JWTs. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
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
  public Response keys(@Context Request request) {
    return jwks(request);
  }

  @GET
  @Path("/.well-known/jwks.json")
  @PermitAll
  public Response wellKnown(@Context Request request) {
    return jwks(request);
  }

  private Response jwks(Request request) {
    return new PublicDocument(keys.jwks(), maxAge).answer(request);
  }
}
