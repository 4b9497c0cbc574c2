package dev.osmo.exchange.jwt;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** The public keys (RFC 7517), for everybody who verifies our JWTs. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
class JwksResource {

  private final SigningKeys keys;
  private final String caching;

  JwksResource(SigningKeys keys, AuthExchangeConfig config) {
    this.keys = keys;
    this.caching = "public, max-age=" + config.jwt().jwksMaxAge().toSeconds();
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
    String jwks = keys.ring().jwks();
    EntityTag version = versionOf(jwks);
    return Optional.ofNullable(request.evaluatePreconditions(version))
        .orElseGet(() -> Response.ok(jwks))
        .tag(version)
        .header(HttpHeaders.CACHE_CONTROL, caching)
        .build();
  }

  private static EntityTag versionOf(String jwks) {
    return new EntityTag(UUID.nameUUIDFromBytes(jwks.getBytes(StandardCharsets.UTF_8)).toString());
  }
}
