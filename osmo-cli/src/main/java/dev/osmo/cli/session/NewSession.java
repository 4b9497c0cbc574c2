package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;

/** What a person's sign-in gave: the tokens of a session that is not saved yet. */
public record NewSession(SecretText refreshToken, Jwt jwt, ProviderSignIn signIn) {

  /**
   * Reads a response of the token endpoint.
   *
   * @throws Failure if it lacks one of the tokens
   */
  public static NewSession from(JsonNode response, ProviderSignIn signIn) {
    Jwt jwt = Jwt.received(response.path("access_token").asText(), signIn.at());
    String refreshToken = response.path("refresh_token").asText();
    if (refreshToken.isBlank()) {
      throw Failure.of(
          ExitCode.SERVER_ERROR,
          "The identity provider " + signIn.provider() + " issued no refresh token",
          "Ask the operator of the server to allow the scope offline_access for the client "
              + signIn.clientId()
              + ".");
    }
    return new NewSession(new SecretText(refreshToken), jwt, signIn);
  }
}
