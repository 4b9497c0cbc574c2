package dev.osmo.token.pat.rules;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.input.TextInput;
import dev.osmo.token.problem.TokenProblem;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a new token, unique per user, ignoring case. {@code self} and {@code pat_…} are
 * reserved: in paths they address a token in another way.
 */
public record TokenName(String value) {

  private static final int MAX_LENGTH = 64;
  private static final String SHAPE = "^[a-zA-Z]([a-zA-Z0-9_-]*[a-zA-Z0-9])?$";
  private static final Pattern PATTERN = Pattern.compile(SHAPE);

  public TokenName {
    if (value.length() > MAX_LENGTH) {
      throw refused(
          "A token name can have at most "
              + MAX_LENGTH
              + " characters, not "
              + value.length()
              + ".");
    }
    if (!PATTERN.matcher(value).matches()) {
      throw refused("Token name " + TextInput.printable(value) + " must match regex " + SHAPE);
    }
    String lower = value.toLowerCase(Locale.ROOT);
    if (lower.equals("self") || lower.startsWith("pat_")) {
      throw refused(
          "Token name "
              + value
              + " is reserved. Choose a name other than self that does not start with pat_.");
    }
  }

  private static RuntimeException refused(String detail) {
    return new Refusal(TokenProblem.INVALID_FIELD, detail).toException();
  }

  @Override
  public String toString() {
    return value;
  }
}
