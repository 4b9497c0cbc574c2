package dev.osmo.exchange.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.exchange.jwt.PublicDocument;
import dev.osmo.exchange.provider.Providers;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Discovery: RFC 8414 and OpenID Connect Discovery 1.0. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
    responseCode = "200",
    description = "The addresses, and what is supported there.",
    headers = {
      @Header(name = "Cache-Control", ref = "Cacheable"),
      @Header(name = "ETag", ref = "Version")
    },
    content = @Content(schema = @Schema(implementation = MetadataView.class)))
@APIResponse(
    responseCode = "304",
    description = "The caller's copy is still current.",
    headers = {
      @Header(name = "Cache-Control", ref = "Cacheable"),
      @Header(name = "ETag", ref = "Version")
    })
class MetadataResource {

  private final PublicDocument authorizationServer;
  private final PublicDocument openId;

  MetadataResource(AuthExchangeConfig config, Providers providers, ObjectMapper json)
      throws JsonProcessingException {
    boolean people = !providers.all().isEmpty();
    this.authorizationServer =
        document(MetadataView.ofAuthorizationServer(config.issuer(), people), config, json);
    this.openId = document(MetadataView.ofOpenId(config.issuer(), people), config, json);
  }

  @GET
  @Path("/.well-known/oauth-authorization-server")
  @PermitAll
  @Operation(summary = "Shows the addresses of this authorization server (RFC 8414).")
  public Response authorizationServer(@Context Request request) {
    return authorizationServer.response(request);
  }

  @GET
  @Path("/.well-known/openid-configuration")
  @PermitAll
  @Operation(summary = "Shows the same where OpenID Connect clients expect it.")
  public Response openId(@Context Request request) {
    return openId.response(request);
  }

  private static PublicDocument document(
      MetadataView view, AuthExchangeConfig config, ObjectMapper json)
      throws JsonProcessingException {
    return new PublicDocument(json.writeValueAsString(view), config.jwt().jwksMaxAge());
  }
}
