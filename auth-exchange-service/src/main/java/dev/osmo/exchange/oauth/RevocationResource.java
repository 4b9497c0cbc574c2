package dev.osmo.exchange.oauth;

import dev.osmo.exchange.oauth.RevocationRequest.Impossible;
import dev.osmo.exchange.oauth.RevocationRequest.NothingToDo;
import dev.osmo.exchange.oauth.RevocationRequest.Revoke;
import dev.osmo.exchange.pat.SecretRevocation;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;

/**
 * Revocation, RFC 7009. Who has a token may end it, a thief included: so the route is open. The
 * answer does not tell whether there was anything to end.
 */
@Path("/oauth2/revoke")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
class RevocationResource {

  private static final Logger LOG = Logger.getLogger(RevocationResource.class);
  private static final String REASON = "presented at /oauth2/revoke";

  private final SecretRevocation revocation;

  RevocationResource(SecretRevocation revocation) {
    this.revocation = revocation;
  }

  @POST
  @PermitAll
  public Uni<Response> revoke(String body) {
    return switch (RevocationRequest.read(body)) {
      case Impossible impossible -> Uni.createFrom().item(impossible.problem().response());
      case NothingToDo ignored -> Uni.createFrom().item(done());
      case Revoke asked ->
          revocation
              .revoke(asked.pat(), REASON)
              .invoke(ended -> LOG.debugf("revocation ended=%s", ended))
              .map(ended -> done());
    };
  }

  private static Response done() {
    return Response.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
