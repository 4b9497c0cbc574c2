package dev.osmo.token.users;

import dev.osmo.token.problem.ProblemType;
import dev.osmo.token.problem.Refusal;
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
      throw new Refusal(ProblemType.INVALID_FIELD, "start_index counts from 1.").toException();
    }
    if (count < 1 || count > MAX_COUNT) {
      throw new Refusal(ProblemType.INVALID_FIELD, "count must be 1 to " + MAX_COUNT + ".")
          .toException();
    }
    roles = List.copyOf(roles);
  }
}
