package dev.osmo.exchange.exchange;

import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import dev.osmo.exchange.exchange.ExchangeOutcome.Refused;
import dev.osmo.exchange.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** OSMO's exchange. Possession of the token is the authority, so the route is open. */
@Path("/api/auth/jwt/access_token")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class ExchangeResource {

  private final Exchange exchange;

  ExchangeResource(Exchange exchange) {
    this.exchange = exchange;
  }

  @POST
  @PermitAll
  public Uni<Response> exchange(@Nullable ExchangeRequest request) {
    return request == null
        ? Uni.createFrom().item(ProblemType.MALFORMED_REQUEST.response())
        : exchange.exchange(request.token()).map(ExchangeResource::answer);
  }

  private static Response answer(ExchangeOutcome outcome) {
    return switch (outcome) {
      case Issued issued ->
          Response.ok(ExchangeView.of(issued.jwt()))
              .header(HttpHeaders.CACHE_CONTROL, "no-store")
              .build();
      case Refused refused -> refused.refusal().problem().response();
    };
  }
}
