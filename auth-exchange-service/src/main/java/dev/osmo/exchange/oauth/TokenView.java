package dev.osmo.exchange.oauth;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import java.time.Duration;

/** The response of RFC 8693, section 2.2.1. It always states the scope. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TokenView(
    String accessToken, String issuedTokenType, String tokenType, long expiresIn, String scope) {

  public static final String BEARER = "Bearer";

  static TokenView of(Issued issued, TokenType wanted) {
    return new TokenView(
        issued.jwt().text(),
        wanted.urn(),
        BEARER,
        Duration.between(issued.pat().readAt(), issued.jwt().expiresAt()).toSeconds(),
        Scope.text(issued.roles()));
  }

  @Override
  public String toString() {
    return "token view";
  }
}
