package dev.osmo.exchange.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.osmo.exchange.signin.RefreshToken;
import dev.osmo.exchange.signin.SignInOutcome;
import dev.osmo.exchange.signin.SignInOutcome.NotSignedIn;
import dev.osmo.exchange.signin.SignInOutcome.SignedIn;
import dev.osmo.http.problem.Refusal;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The response to a sign-in or a refresh (RFC 6749, section 5.1). OSMO's clients read the JWT from
 * {@code id_token}.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record SignInView(
    @Schema(ref = "Jwt") String accessToken,
    @Schema(ref = "Jwt") String idToken,
    @Schema(constValue = TokenView.BEARER) String tokenType,
    @Schema(minimum = "1", maximum = "3600") long expiresIn,
    @Schema(description = "Seconds since 1970.") long expiresAt,
    @Schema(description = "Only if the identity provider gave one.", pattern = "^osmo_rt_[\\w-]+$")
        @Nullable String refreshToken,
    @Schema(description = "The roles in the JWT.") String scope)
    implements TokenAnswer {

  static SignInView of(SignInOutcome outcome) {
    return switch (outcome) {
      case SignedIn signedIn ->
          new SignInView(
              signedIn.jwt().text(),
              signedIn.jwt().text(),
              TokenView.BEARER,
              expiresIn(signedIn),
              signedIn.jwt().expiresAt().getEpochSecond(),
              signedIn.refreshToken().map(RefreshToken::text).orElse(null),
              Scope.text(signedIn.roles()));
      case NotSignedIn refused -> throw refusal(refused).toException();
    };
  }

  /** For a browser, which gets the refresh token in a cookie. */
  SignInView withoutRefreshToken() {
    return new SignInView(accessToken, idToken, tokenType, expiresIn, expiresAt, null, scope);
  }

  static Refusal refusal(NotSignedIn refused) {
    return new Refusal(refused.problem(), refused.detail());
  }

  static long expiresIn(SignedIn signedIn) {
    return Duration.between(signedIn.session().readAt(), signedIn.jwt().expiresAt()).toSeconds();
  }

  @Override
  public String toString() {
    return "sign-in view";
  }
}
