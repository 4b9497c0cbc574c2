package dev.osmo.cli.session.life;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.session.ActiveLogin;
import dev.osmo.cli.session.LoginChoice;
import dev.osmo.cli.session.Session;
import dev.osmo.cli.session.token.Pat;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Rotations, of which one may be of the very token that the login holds. Promises: then the login
 * holds the new secret before anything else is done with it, at once or not at all; no other
 * process renews or rotates the login meanwhile; a new secret is returned even when it could not be
 * saved.
 */
@Singleton
public class TokenRotation {
  private final LoginChoice choice;
  private final Session session;

  TokenRotation(LoginChoice choice, Session session) {
    this.choice = choice;
    this.session = session;
  }

  /**
   * Sends the request of a rotation.
   *
   * @throws Failure when no new secret came back
   */
  public RotatedToken rotate(RawRequest request) {
    ActiveLogin active = choice.active();
    return active.exclusively(() -> rotate(active, request));
  }

  /** Nothing that can fail comes between the answer and the result. */
  private RotatedToken rotate(ActiveLogin active, RawRequest request) {
    String own = active.current().jwt().patId();
    JsonNode answer = session.answer(active, request).json();
    Pat pat = pat(answer);
    return !own.isEmpty() && own.equals(answer.path("id").asText(""))
        ? kept(active, pat, answer)
        : new RotatedToken(pat, answer, RotatedToken.Place.ELSEWHERE, Optional.empty());
  }

  private static RotatedToken kept(ActiveLogin active, Pat pat, JsonNode answer) {
    try {
      boolean saved = active.keep(pat);
      return new RotatedToken(
          pat,
          answer,
          saved ? RotatedToken.Place.SAVED_LOGIN : RotatedToken.Place.ENVIRONMENT,
          Optional.empty());
    } catch (Failure unsaved) {
      return new RotatedToken(pat, answer, RotatedToken.Place.SAVED_LOGIN, Optional.of(unsaved));
    }
  }

  private static Pat pat(JsonNode answer) {
    String text = answer.path("token").asText("");
    if (!Pat.isWellFormed(text)) {
      throw Failure.of(
          ExitCode.SERVER_ERROR,
          "The server's answer holds no token",
          "Rotate again: a new secret that nobody used is replaced.");
    }
    return new Pat(text);
  }
}
