package dev.osmo.token.users;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import java.util.List;

/**
 * Which users to list.
 *
 * @param startIndex of the first one, counted from 1
 * @param idPrefix empty: every id
 * @param roles users with any of them; empty: everybody
 */
record UserFilter(int startIndex, int count, String idPrefix, List<String> roles) {

  private static final int MAX_COUNT = 1000;

  UserFilter {
    if (startIndex < 1) {
      throw invalid("start_index must be a number from 1.");
    }
    if (count < 1 || count > MAX_COUNT) {
      throw invalid("count must be a number from 1 to " + MAX_COUNT + ".");
    }
    roles = List.copyOf(roles);
  }

  static UserFilter parse(String startIndex, String count, String idPrefix, List<String> roles) {
    return new UserFilter(number(startIndex), number(count), idPrefix, roles);
  }

  /** 0, which is never allowed, for what is no number of a sane size. */
  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  private static RuntimeException invalid(String detail) {
    return new Refusal(TokenProblem.INVALID_FIELD, detail).toException();
  }
}
