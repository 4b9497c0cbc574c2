package dev.osmo.exchange.exchange;

import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.http.web.BearerCredential;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirementsSet;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

/** OSMO's exchange. The access token is the credential, so the route needs no other one. */
@Path(ExchangeResource.PATH)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class ExchangeResource {

  static final String PATH = "/api/auth/jwt/access_token";

  private static final Refusal NOT_ONE_TOKEN =
      new Refusal(
          HttpProblem.MALFORMED_REQUEST,
          "The body must be one JSON object with the single field \"token\", a string.");

  private final Exchange exchange;

  ExchangeResource(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Takes the token from the body, or from the header when there is no body. Refuses both. */
  @POST
  @PermitAll
  @Operation(
      summary = "Exchanges an access token for a JWT with all of its roles, in OSMO's format.",
      description =
          "The token is in the body or, without a body, in Authorization: Bearer; never in both.")
  @SecurityRequirementsSet
  @SecurityRequirement(name = "pat")
  @APIResponse(
      responseCode = "200",
      description = "The JWT and when it expires.",
      headers = {
        @Header(name = "RateLimit-Policy", ref = "RateLimitPolicy"),
        @Header(name = "RateLimit", ref = "RateLimit")
      })
  public Uni<ExchangeView> exchange(
      @RequestBody(required = false) @Nullable ExchangeRequest request,
      @Parameter(hidden = true) @RestHeader(HttpHeaders.AUTHORIZATION) List<String> authorization) {
    return tokenOf(request, BearerCredential.of(authorization))
        .map(token -> exchange.exchange(token, Downscope.NONE).map(ExchangeResource::view))
        .orElseGet(NOT_ONE_TOKEN::toFailure);
  }

  private static Optional<String> tokenOf(
      @RequestBody(required = false) @Nullable ExchangeRequest request,
      Optional<BearerCredential> bearer) {
    if (request == null) {
      return bearer.map(BearerCredential::text);
    }
    return bearer.isPresent() ? Optional.empty() : Optional.of(request.token());
  }

  static ExchangeView view(ExchangeOutcome outcome) {
    return switch (outcome) {
      case Issued issued -> ExchangeView.of(issued.jwt());
      case Refused refused -> throw refused.refusal().toException();
    };
  }
}
