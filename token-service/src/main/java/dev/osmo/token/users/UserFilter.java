package dev.osmo.token.users;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.paging.Cursor;
import dev.osmo.token.paging.PageRequest;
import dev.osmo.token.problem.TokenProblem;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which users to list.
 *
 * @param startIndex the position of the first one in the whole list, counted from 1
 * @param page the cursor of a page, whose {@code startIndex} was counted from page to page; without
 *     it, that many users are skipped
 * @param idPrefix empty: any id
 * @param roles users with at least one of them; empty: all users
 */
record UserFilter(int startIndex, PageRequest page, String idPrefix, List<String> roles) {

  /** The creation time, the id, and the position of the next user. */
  private static final int KEY_PARTS = 3;

  private static final int DEFAULT_COUNT = 100;

  private static final int MAX_START = 999_999_999;

  UserFilter {
    roles = List.copyOf(roles);
  }

  /** Numbers out of range are moved into the range, as OSMO does. */
  static UserFilter parse(
      @Nullable String startIndex,
      @Nullable String count,
      @Nullable String cursor,
      String idPrefix,
      List<String> roles) {
    if (startIndex != null && cursor != null) {
      throw invalid("Use either start_index or cursor.");
    }
    int limit = count == null ? DEFAULT_COUNT : moved("count", count, PageRequest.MOST);
    PageRequest page = PageRequest.parse(null, cursor, KEY_PARTS, limit);
    return new UserFilter(
        page.after()
            .map(UserFilter::position)
            .orElse(startIndex == null ? 1 : moved("start_index", startIndex, MAX_START)),
        page,
        idPrefix,
        roles);
  }

  /** The rows to skip before the first one of this page. */
  int skipped() {
    return page.after().isPresent() ? 0 : startIndex - 1;
  }

  /** The cursor after a user who is the last of this page. */
  Cursor after(UserView last) {
    return Cursor.of(
        last.createdAt().toString(), last.id(), Integer.toString(startIndex + page.limit()));
  }

  /** Rejects a forged cursor with a refusal, before the database reads it. */
  private static int position(Cursor cursor) {
    cursor.requireInstant(0);
    int position = number(cursor.key().getLast());
    if (position < 1) {
      throw Cursor.notOurs().toException();
    }
    return position;
  }

  private static int moved(String parameter, String text, int most) {
    if (!text.matches("[+-]?[0-9]{1,20}")) {
      throw invalid(parameter + " must be a whole number.");
    }
    BigInteger number = new BigInteger(text);
    return number.max(BigInteger.ONE).min(BigInteger.valueOf(most)).intValueExact();
  }

  /** Returns 0, which is always rejected, when the text is not a number of up to nine digits. */
  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  private static RuntimeException invalid(String detail) {
    return new Refusal(TokenProblem.INVALID_FIELD, detail).toException();
  }
}
