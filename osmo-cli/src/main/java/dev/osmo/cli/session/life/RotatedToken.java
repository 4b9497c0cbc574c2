package dev.osmo.cli.session.life;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.session.token.Pat;
import java.util.Optional;

/**
 * A token with its new secret.
 *
 * @param answer all that the server said
 * @param place whether the login in use had the old secret
 * @param unsaved why the login could not take the new one
 */
public record RotatedToken(Pat pat, JsonNode answer, Place place, Optional<Failure> unsaved) {

  /** Where the old secret was in use. */
  public enum Place {
    SAVED_LOGIN,
    ENVIRONMENT,
    ELSEWHERE
  }

  /** For whoever asked for it; nothing else prints it. */
  public String secret() {
    return pat.text();
  }

  @Override
  public String toString() {
    return "RotatedToken[***, " + place + "]";
  }
}
