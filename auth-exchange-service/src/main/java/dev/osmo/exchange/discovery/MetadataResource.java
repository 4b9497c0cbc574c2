package dev.osmo.exchange.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.exchange.jwt.PublicDocument;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** Discovery: RFC 8414 and OpenID Connect Discovery 1.0. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
class MetadataResource {

  private final PublicDocument authorizationServer;
  private final PublicDocument openId;

  MetadataResource(AuthExchangeConfig config, ObjectMapper json) throws JsonProcessingException {
    this.authorizationServer =
        document(MetadataView.ofAuthorizationServer(config.issuer()), config, json);
    this.openId = document(MetadataView.ofOpenId(config.issuer()), config, json);
  }

  @GET
  @Path("/.well-known/oauth-authorization-server")
  @PermitAll
  public Response authorizationServer(@Context Request request) {
    return authorizationServer.answer(request);
  }

  @GET
  @Path("/.well-known/openid-configuration")
  @PermitAll
  public Response openId(@Context Request request) {
    return openId.answer(request);
  }

  private static PublicDocument document(
      MetadataView view, AuthExchangeConfig config, ObjectMapper json)
      throws JsonProcessingException {
    return new PublicDocument(json.writeValueAsString(view), config.jwt().jwksMaxAge());
  }
}
