package dev.osmo.exchange.oauth;

import dev.osmo.exchange.exchange.Exchange;
import dev.osmo.exchange.exchange.ExchangeOutcome;
import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import dev.osmo.exchange.exchange.Refused;
import dev.osmo.exchange.oauth.TokenRequest.Acceptable;
import dev.osmo.exchange.oauth.TokenRequest.Unacceptable;
import dev.osmo.exchange.problem.ExchangeProblem;
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

/**
 * Token exchange, RFC 8693. The access token is the credential, so the route needs no other one.
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
  public Uni<Response> token(String body) {
    return switch (read(body)) {
      case Unacceptable unacceptable -> Refusal.of(unacceptable.problem()).toFailure();
      case Acceptable asked ->
          exchange
              .exchange(asked.subjectToken(), asked.downscope())
              .map(outcome -> answer(outcome, asked.wanted()));
    };
  }

  private TokenRequest read(String body) {
    return OAuthForm.read(body, TokenRequest.TARGETS)
        .map(form -> TokenRequest.read(form, targets))
        .orElseGet(() -> new Unacceptable(ExchangeProblem.MALFORMED_FORM));
  }

  private static Response answer(ExchangeOutcome outcome, TokenType wanted) {
    return switch (outcome) {
      case Issued issued ->
          Response.ok(TokenView.of(issued, wanted))
              .header(HttpHeaders.CACHE_CONTROL, "no-store")
              .build();
      case Refused refused -> throw Refusal.of(refused.reason().problem()).toException();
    };
  }
}
