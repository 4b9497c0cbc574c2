package dev.osmo.exchange.oauth;

import dev.osmo.exchange.exchange.Exchange;
import dev.osmo.exchange.exchange.ExchangeOutcome;
import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import dev.osmo.exchange.exchange.Refused;
import dev.osmo.exchange.oauth.TokenRequest.Acceptable;
import dev.osmo.exchange.oauth.TokenRequest.Subject.OfPat;
import dev.osmo.exchange.oauth.TokenRequest.Subject.OfWorkload;
import dev.osmo.exchange.oauth.TokenRequest.Unacceptable;
import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * Token exchange, RFC 8693. The access token or the workload's token is the credential, so the
 * route needs no other one.
 */
@Path("/oauth2/token")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
class TokenResource {

  private final Exchange exchange;
  private final AllowedTargets targets;

  TokenResource(Exchange exchange, AllowedTargets targets) {
    this.exchange = exchange;
    this.targets = targets;
  }

  @POST
  @PermitAll
  @Operation(
      summary =
          "Exchanges an access token, or the token of a workload that an access token trusts, for a"
              + " JWT (RFC 8693), on request with fewer roles or for another audience.")
  @APIResponse(
      responseCode = "200",
      description = "The JWT (RFC 8693, section 2.2.1).",
      headers = {
        @Header(name = "RateLimit-Policy", ref = "RateLimitPolicy"),
        @Header(name = "RateLimit", ref = "RateLimit")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              schema =
                  @Schema(
                      type = SchemaType.OBJECT,
                      requiredProperties = {"grant_type", "subject_token", "subject_token_type"},
                      properties = {
                        @SchemaProperty(name = "grant_type", constValue = TokenRequest.GRANT_TYPE),
                        @SchemaProperty(
                            name = "subject_token",
                            type = SchemaType.STRING,
                            description = "The access token, or the token of a workload."),
                        @SchemaProperty(
                            name = "subject_token_type",
                            enumeration = {
                              TokenType.PAT_URN,
                              TokenType.ACCESS_TOKEN_URN,
                              TokenType.ID_TOKEN_URN,
                              TokenType.JWT_URN
                            },
                            description =
                                "id_token and jwt are equivalent and stand for the token of a"
                                    + " workload."),
                        @SchemaProperty(
                            name = TokenRequest.PAT,
                            type = SchemaType.STRING,
                            description =
                                "With the token of a workload: the access token that trusts it, by"
                                    + " its pat_ id or as OWNER/NAME."),
                        @SchemaProperty(
                            name = "requested_token_type",
                            enumeration = {TokenType.ACCESS_TOKEN_URN, TokenType.JWT_URN}),
                        @SchemaProperty(
                            name = "scope",
                            type = SchemaType.STRING,
                            description = "The only roles requested, separated by single spaces."),
                        @SchemaProperty(
                            name = "audience",
                            type = SchemaType.STRING,
                            description =
                                "The audience of the JWT; the operator configures which are"
                                    + " allowed."),
                        @SchemaProperty(
                            name = "resource",
                            type = SchemaType.STRING,
                            format = "uri",
                            description =
                                "The address of a server, as the audience. Cannot be combined with"
                                    + " audience.")
                      })))
  public Uni<TokenView> token(String body) {
    return switch (read(body)) {
      case Unacceptable unacceptable -> Refusal.of(unacceptable.problem()).toFailure();
      case Acceptable request ->
          exchange(request).map(outcome -> view(outcome, request.requestedType()));
    };
  }

  private Uni<ExchangeOutcome> exchange(Acceptable request) {
    return switch (request.subject()) {
      case OfPat(var token) -> exchange.exchange(token, request.downscope());
      case OfWorkload(var credential) -> exchange.exchange(credential, request.downscope());
    };
  }

  private TokenRequest read(String body) {
    return OAuthForm.read(body, TokenRequest.TARGETS)
        .map(form -> TokenRequest.read(form, targets))
        .orElseGet(() -> new Unacceptable(ExchangeProblem.MALFORMED_FORM));
  }

  private static TokenView view(ExchangeOutcome outcome, TokenType requestedType) {
    return switch (outcome) {
      case Issued issued -> TokenView.of(issued, requestedType);
      case Refused refused -> throw refused.refusal().toException();
    };
  }
}
