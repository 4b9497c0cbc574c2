package dev.osmo.token.paging;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list to return.
 *
 * @param limit the most rows of one page
 * @param after the cursor to continue after; empty: start at the beginning
 */
public record PageRequest(int limit, Optional<Cursor> after) {

  /** The longest page that a caller may ask for. */
  public static final int MOST = 1000;

  /**
   * Parses the query parameters {@code limit} and {@code cursor}.
   *
   * @param parts the number of key parts that a cursor of this list has
   * @param usual the limit if the caller names none
   */
  public static PageRequest parse(
      @Nullable String limit, @Nullable String cursor, int parts, int usual) {
    return new PageRequest(
        limit == null ? usual : number(limit),
        Optional.ofNullable(cursor).map(text -> Cursor.parse(text, parts)));
  }

  /** One row more than the limit, which shows whether another page follows. */
  public int rowsToRead() {
    return limit + 1;
  }

  /** A key part of the cursor; null: start at the beginning. */
  public @Nullable String after(int part) {
    return after.map(cursor -> cursor.part(part)).orElse(null);
  }

  private static int number(String text) {
    int number = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > MOST) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD,
              "The parameter limit must be a number from 1 to " + MOST + ".")
          .toException();
    }
    return number;
  }
}
