package dev.osmo.exchange.oauth;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import dev.osmo.exchange.signin.SignInOutcome.SignedIn;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response of RFC 8693, section 2.2.1. It always states the scope. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TokenView(
    @Schema(ref = "Jwt") String accessToken,
    @Schema(enumeration = {TokenType.ACCESS_TOKEN_URN, TokenType.JWT_URN}) String issuedTokenType,
    @Schema(constValue = TokenView.BEARER) String tokenType,
    @Schema(minimum = "1", maximum = "3600") long expiresIn,
    @Schema(description = "The roles in the JWT.") String scope)
    implements TokenAnswer {

  public static final String BEARER = "Bearer";

  static TokenView of(Issued issued, TokenType requestedType) {
    return new TokenView(
        issued.jwt().text(),
        requestedType.urn(),
        BEARER,
        Duration.between(issued.pat().readAt(), issued.jwt().expiresAt()).toSeconds(),
        Scope.text(issued.roles()));
  }

  /** For a person's ID token. */
  static TokenView of(SignedIn signedIn, TokenType requestedType) {
    return new TokenView(
        signedIn.jwt().text(),
        requestedType.urn(),
        BEARER,
        SignInView.expiresIn(signedIn),
        Scope.text(signedIn.roles()));
  }

  @Override
  public String toString() {
    return "token view";
  }
}
