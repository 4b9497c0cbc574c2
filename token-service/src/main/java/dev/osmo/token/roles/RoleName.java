package dev.osmo.token.roles;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.osmo.http.problem.Refusal;
import dev.osmo.pat.TokenText;
import dev.osmo.token.problem.TokenProblem;
import java.util.regex.Pattern;

/** A role's name, up to 64 characters. */
public record RoleName(@JsonValue String value) implements Comparable<RoleName> {

  private static final int MAX_LENGTH = 64;
  private static final String SHAPE = "^[a-zA-Z0-9]([a-zA-Z0-9_.:-]*[a-zA-Z0-9])?$";
  private static final Pattern PATTERN = Pattern.compile(SHAPE);

  // After the pattern, which its constructor needs.
  public static final RoleName ADMINISTRATOR = new RoleName("osmo-admin");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RoleName {
    if (value.length() > MAX_LENGTH
        || !PATTERN.matcher(value).matches()
        || TokenText.occursIn(value)) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD,
              "A role name must match regex "
                  + SHAPE
                  + " and have at most "
                  + MAX_LENGTH
                  + " characters.")
          .toException();
    }
  }

  @Override
  public int compareTo(RoleName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
