package dev.osmo.token.users;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import java.util.List;

/**
 * Which users to list.
 *
 * @param startIndex the first one, counted from 1
 * @param idPrefix empty: any id
 * @param roles users with at least one of them; empty: all users
 */
record UserFilter(int startIndex, int count, String idPrefix, List<String> roles) {

  private static final int MAX_COUNT = 1000;

  UserFilter {
    if (startIndex < 1) {
      throw invalid("start_index must be a number of at least 1.");
    }
    if (count < 1 || count > MAX_COUNT) {
      throw invalid("count must be a number from 1 to " + MAX_COUNT + ".");
    }
    roles = List.copyOf(roles);
  }

  static UserFilter parse(String startIndex, String count, String idPrefix, List<String> roles) {
    return new UserFilter(number(startIndex), number(count), idPrefix, roles);
  }

  /** Returns 0, which is always rejected, when the text is not a number of up to nine digits. */
  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  private static RuntimeException invalid(String detail) {
    return new Refusal(TokenProblem.INVALID_FIELD, detail).toException();
  }
}
