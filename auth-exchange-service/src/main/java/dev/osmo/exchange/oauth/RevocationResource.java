package dev.osmo.exchange.oauth;

import dev.osmo.exchange.limits.Caller;
import dev.osmo.exchange.limits.Limits;
import dev.osmo.exchange.oauth.RevocationRequest.EndSession;
import dev.osmo.exchange.oauth.RevocationRequest.NothingToDo;
import dev.osmo.exchange.oauth.RevocationRequest.Rejected;
import dev.osmo.exchange.oauth.RevocationRequest.Revoke;
import dev.osmo.exchange.pat.SecretRevocation;
import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.signin.SessionRefresh;
import dev.osmo.http.problem.Refusal;
import dev.osmo.pat.PatText;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * Token revocation, RFC 7009. The token is the credential, so the route needs no other one. The
 * response does not depend on whether a token was revoked.
 */
@Cancellable(false)
@Path("/oauth2/revoke")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
class RevocationResource {

  private static final Logger LOG = Logger.getLogger(RevocationResource.class);
  private static final Refusal TOO_MANY_FAILURES = Refusal.of(ExchangeProblem.TOO_MANY_FAILURES);
  private static final Refusal TOO_MANY_EXCHANGES = Refusal.of(ExchangeProblem.TOO_MANY_EXCHANGES);
  private static final String REASON = "presented at /oauth2/revoke";

  private final SecretRevocation revocation;
  private final SessionRefresh sessions;
  private final Limits limits;

  RevocationResource(SecretRevocation revocation, SessionRefresh sessions, Limits limits) {
    this.revocation = revocation;
    this.sessions = sessions;
    this.limits = limits;
  }

  @POST
  @PermitAll
  @Operation(
      summary =
          "Revokes the presented access token, or ends the session of the presented refresh token (RFC 7009). The response does not show whether it existed.")
  @APIResponse(responseCode = "200", description = "The token is not valid. There is no body.")
  public Uni<Response> revoke(String body) {
    return switch (RevocationRequest.read(body)) {
      case Rejected rejected -> Refusal.of(rejected.problem()).toFailure();
      case NothingToDo ignored -> Uni.createFrom().item(done());
      case EndSession(var token) -> sessions.revoke(token).map(RevocationResource::signedOut);
      case Revoke request -> revoke(request.pat(), limits.caller());
    };
  }

  private static Response signedOut(boolean allowed) {
    if (!allowed) {
      throw TOO_MANY_EXCHANGES.toException();
    }
    return done();
  }

  private Uni<Response> revoke(PatText pat, Caller caller) {
    return caller.beginLookup(pat)
        ? Uni.createFrom()
            .deferred(() -> revocation.revoke(pat, REASON))
            .onTermination()
            .invoke(caller::endLookup)
            .map(revoked -> answer(revoked, caller))
        : TOO_MANY_FAILURES.toFailure();
  }

  /** A token that does not exist costs a read too, so it counts as a failure. */
  private static Response answer(boolean revoked, Caller caller) {
    LOG.debugf("revocation revoked=%s", revoked);
    if (!revoked && !caller.failed()) {
      throw TOO_MANY_FAILURES.toException();
    }
    return done();
  }

  private static Response done() {
    return Response.ok().build();
  }
}
