package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.pat.PatText;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Rotates tokens. If it rotates the token of the context in use, it guarantees: the context has the
 * new secret, completely or not at all, before the secret is used elsewhere; no other process
 * renews or rotates the context at the same time; the new secret is returned even if it could not
 * be saved.
 */
@Singleton
public class TokenRotation {
  private final ContextSelection selection;
  private final Session session;

  TokenRotation(ContextSelection selection, Session session) {
    this.selection = selection;
    this.session = session;
  }

  /**
   * Sends the request.
   *
   * @throws Failure if the response contains no new secret
   */
  public RotatedToken rotate(RawRequest request) {
    ActiveContext active = selection.active();
    return active.exclusively(() -> rotate(active, request));
  }

  /** Between the response and the result, nothing can fail without returning the secret. */
  private RotatedToken rotate(ActiveContext active, RawRequest request) {
    String own = active.current().jwt().patId();
    JsonNode response = session.response(active, request).json();
    PatText pat = pat(response);
    return !own.isEmpty() && own.equals(response.path("id").asText(""))
        ? stored(active, pat, response)
        : new RotatedToken(pat, response, RotatedToken.Place.ELSEWHERE, Optional.empty());
  }

  private static RotatedToken stored(ActiveContext active, PatText pat, JsonNode response) {
    try {
      boolean saved = active.replaceSecret(pat);
      return new RotatedToken(
          pat,
          response,
          saved ? RotatedToken.Place.SAVED_CONTEXT : RotatedToken.Place.ENVIRONMENT,
          Optional.empty());
    } catch (Failure unsaved) {
      return new RotatedToken(
          pat, response, RotatedToken.Place.SAVED_CONTEXT, Optional.of(unsaved));
    }
  }

  private static PatText pat(JsonNode response) {
    return PatText.parse(response.path("token").asText(""))
        .orElseThrow(
            () ->
                Failure.of(
                    ExitCode.SERVER_ERROR,
                    "The server's response contains no token",
                    "Rotate again. A new secret that was never used is replaced."));
  }
}
