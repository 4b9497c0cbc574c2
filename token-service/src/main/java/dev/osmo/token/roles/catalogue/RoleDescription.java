package dev.osmo.token.roles.catalogue;

import dev.osmo.token.problem.ProblemType;
import dev.osmo.token.problem.Refusal;
import org.jspecify.annotations.Nullable;

/** What a role is for, in up to 512 characters. */
record RoleDescription(String text) {

  private static final int MAX = 512;

  RoleDescription {
    if (text.codePointCount(0, text.length()) > MAX
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw new Refusal(
              ProblemType.INVALID_FIELD,
              "A role's description has at most " + MAX + " characters and no control characters.")
          .toException();
    }
  }

  static RoleDescription of(@Nullable String text) {
    return new RoleDescription(text == null ? "" : text);
  }
}
