package dev.osmo.token.users;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.input.TextInput;
import dev.osmo.token.problem.TokenProblem;
import java.util.regex.Pattern;

/** The id of a new user; ids are unique, ignoring case. */
public record UserId(String value) {

  private static final int MAX_LENGTH = 254;
  private static final String SHAPE = "^[a-zA-Z0-9]([a-zA-Z0-9_.@-]*[a-zA-Z0-9])?$";
  private static final Pattern PATTERN = Pattern.compile(SHAPE);

  public UserId {
    if (value.isBlank()) {
      throw new Refusal(TokenProblem.INVALID_FIELD, "User ID must not be empty").toException();
    }
    if (value.length() > MAX_LENGTH) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD,
              "A user id can have at most " + MAX_LENGTH + " characters.")
          .toException();
    }
    if (!PATTERN.matcher(value).matches()) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD,
              "Username " + TextInput.printable(value) + " must match regex " + SHAPE)
          .toException();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
