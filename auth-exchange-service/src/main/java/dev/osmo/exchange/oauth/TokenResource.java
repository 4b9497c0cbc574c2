package dev.osmo.exchange.oauth;

import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.http.problem.Refusal;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * The token endpoint of OAuth. What is presented is the credential, so the route needs no other
 * one. {@code grant_type} decides which {@link Grant} responds. A client that hangs up does not
 * stop what has begun, because an identity provider may have replaced the client's credential
 * meanwhile.
 */
@Cancellable(false)
@Path("/oauth2/token")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
class TokenResource {

  private final Map<String, Grant> grants;

  TokenResource(@All List<Grant> grants) {
    this.grants =
        grants.stream().collect(Collectors.toUnmodifiableMap(Grant::type, Function.identity()));
  }

  @POST
  @PermitAll
  @Operation(
      summary =
          "Issues a JWT: for an access token, for the token of a workload that an access token"
              + " trusts, or for a person who signs in through an identity provider.",
      description =
          "The members of the form depend on grant_type. Token exchange (RFC 8693):"
              + " subject_token, subject_token_type and, on request, fewer roles or another"
              + " audience. Sign-in: authorization_code with PKCE, device_code (RFC 8628) and"
              + " refresh_token, each with client_id.")
  @APIResponse(
      responseCode = "200",
      description =
          "The JWT (RFC 8693, section 2.2.1), and for a sign-in or a refresh a refresh token (RFC"
              + " 6749, section 5.1).",
      headers = {
        @Header(name = "RateLimit-Policy", ref = "RateLimitPolicy"),
        @Header(name = "RateLimit", ref = "RateLimit")
      },
      content = @Content(schema = @Schema(oneOf = {TokenView.class, SignInView.class})))
  public Uni<TokenAnswer> token(String body) {
    OAuthForm form = OAuthForm.read(body, TokenRequest.TARGETS);
    return Optional.ofNullable(grants.get(form.required("grant_type")))
        .map(grant -> grant.grant(form))
        .orElseGet(() -> Refusal.of(ExchangeProblem.UNSUPPORTED_GRANT_TYPE).toFailure());
  }
}
