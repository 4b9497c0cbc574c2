package dev.osmo.exchange.exchange;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.http.web.LegacyClients;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * The exchange of OSMO's clients up to 6.1, which send the access token in the URL. There is no
 * such address unless the operator sets {@code auth-exchange.token-in-url}, so the document of the
 * API does not show it. Nothing here logs the URL.
 */
@Path("/api/auth/jwt/access_token")
@EndpointDisabled(
    name = "auth-exchange.token-in-url",
    stringValue = "false",
    disableIfMissing = true)
@Produces(MediaType.APPLICATION_JSON)
class TokenInUrlResource {

  private static final Refusal NOT_ONE_PARAMETER =
      new Refusal(
          HttpProblem.MALFORMED_REQUEST, "The query must be the single parameter access_token.");

  private final Exchange exchange;

  TokenInUrlResource(Exchange exchange) {
    this.exchange = exchange;
  }

  @GET
  @PermitAll
  @Operation(hidden = true)
  public Uni<RestResponse<ExchangeView>> exchange(
      @Context UriInfo address, @RestQuery("access_token") List<String> tokens) {
    if (tokens.size() != 1 || address.getQueryParameters().size() != 1) {
      return NOT_ONE_PARAMETER.toFailure();
    }
    return exchange
        .exchange(tokens.getFirst(), Downscope.NONE)
        .map(ExchangeResource::view)
        .map(
            view ->
                ResponseBuilder.ok(view)
                    .header(LegacyClients.DEPRECATION, LegacyClients.SINCE)
                    .build());
  }
}
