package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Failure;
import dev.osmo.pat.PatText;
import java.util.Optional;

/**
 * A token with its new secret.
 *
 * @param response the server's response
 * @param place where the old secret was stored
 * @param unsaved why the new secret could not be stored in the context
 */
public record RotatedToken(PatText pat, JsonNode response, Place place, Optional<Failure> unsaved) {

  /** Where the old secret was stored. */
  public enum Place {
    SAVED_CONTEXT,
    ENVIRONMENT,
    ELSEWHERE
  }

  /** For the command that requested it. {@link #toString} does not contain it. */
  public String secret() {
    return pat.text();
  }

  @Override
  public String toString() {
    return "RotatedToken[***, " + place + "]";
  }
}
