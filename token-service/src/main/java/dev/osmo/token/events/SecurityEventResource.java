package dev.osmo.token.events;

import dev.osmo.http.request.RequestId;
import dev.osmo.token.caller.CallerLimits;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse.StatusCode;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * Receives security events by push (RFC 8935). The signature of the event authenticates its
 * transmitter. There is no such address unless the operator configures a transmitter, so the
 * document of the API does not show it.
 */
@Cancellable(false)
@Path(SecurityEventResource.PATH)
@EndpointDisabled(
    name = "token-service.security-events.transmitters-file",
    stringValue = "",
    disableIfMissing = true)
@PermitAll
@Consumes("application/secevent+jwt")
@Produces(MediaType.APPLICATION_JSON)
class SecurityEventResource {

  static final String PATH = "/ssf/events";

  private final CallerLimits limits;
  private final SecurityEvents events;
  private final ReceiveEvent receive;

  SecurityEventResource(CallerLimits limits, SecurityEvents events, ReceiveEvent receive) {
    this.limits = limits;
    this.events = events;
    this.receive = receive;
  }

  @POST
  @Operation(hidden = true)
  @ResponseStatus(StatusCode.ACCEPTED)
  public Uni<Void> receive(@Nullable String body, RoutingContext request) {
    return limits
        .verifying(request.request(), () -> events.verify(body == null ? "" : body))
        .chain(event -> receive.run(event, RequestId.of(request).value()));
  }
}
