package dev.osmo.token.roles.catalogue;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import java.util.Arrays;
import java.util.Locale;

/**
 * What sign-in does with a role when the identity provider's groups differ from the user's roles.
 */
public enum SyncMode {
  /** The user gets and loses the role with the identity provider's. */
  FORCE,
  /** The user gets the role, and keeps it. */
  IMPORT,
  /** Sign-in neither gives nor takes the role. */
  IGNORE;

  static SyncMode parse(String text) {
    return Arrays.stream(values())
        .filter(mode -> mode.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                        TokenProblem.INVALID_FIELD,
                        "A role's sync_mode must be force, import or ignore.")
                    .toException());
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
