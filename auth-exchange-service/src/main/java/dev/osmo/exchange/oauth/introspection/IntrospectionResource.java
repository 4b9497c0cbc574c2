package dev.osmo.exchange.oauth.introspection;

import dev.osmo.exchange.oauth.OAuthForm;
import dev.osmo.exchange.oauth.introspection.IntrospectionResult.Active;
import dev.osmo.exchange.oauth.introspection.IntrospectionResult.Inactive;
import dev.osmo.exchange.oauth.introspection.IntrospectionResult.RefusedRequest;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jboss.resteasy.reactive.RestHeader;

/**
 * Token introspection, RFC 7662. The framework does not authenticate callers of this route: {@link
 * Introspection} does, with a database read.
 */
@Path("/oauth2/introspect")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
class IntrospectionResource {

  private final Introspection introspection;
  private final String issuer;

  IntrospectionResource(Introspection introspection, AuthExchangeConfig config) {
    this.introspection = introspection;
    this.issuer = config.issuer();
  }

  @POST
  @PermitAll
  @Operation(
      summary =
          "Shows whether an access token or a JWT is active and which roles it has now (RFC 7662). Callers can introspect their own tokens; with the role osmo-introspect, all tokens.")
  @SecurityRequirement(name = "pat")
  @SecurityRequirement(name = "jwt")
  @SecurityRequirement(name = "basic")
  @APIResponse(
      responseCode = "200",
      description = "The current state.",
      headers = {
        @Header(name = "RateLimit-Policy", ref = "RateLimitPolicy"),
        @Header(name = "RateLimit", ref = "RateLimit")
      },
      content =
          @Content(
              schema =
                  @Schema(oneOf = {IntrospectionView.class, IntrospectionView.Inactive.class})))
  public Uni<Response> introspect(
      String body,
      @Parameter(hidden = true) @RestHeader(HttpHeaders.AUTHORIZATION) List<String> authorization) {
    CallerCredential caller =
        CallerCredential.of(authorization)
            .orElseThrow(() -> Refusal.of(HttpProblem.UNAUTHENTICATED).toException());
    String token = OAuthForm.read(body).required("token");
    return introspection.introspect(caller, token).map(this::response);
  }

  private Response response(IntrospectionResult finding) {
    return switch (finding) {
      case Active active -> found(IntrospectionView.of(active.token(), issuer));
      case Inactive ignored -> found(IntrospectionView.Inactive.VIEW);
      case RefusedRequest refused -> throw Refusal.of(refused.problem()).toException();
    };
  }

  private static Response found(Object view) {
    return Response.ok(view).build();
  }
}
