package dev.osmo.token.paging;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list to return.
 *
 * @param limit empty: no limit
 * @param after the cursor to continue after; empty: start at the beginning
 */
public record PageRequest(OptionalInt limit, Optional<Cursor> after) {

  private static final int MOST = 1000;

  /**
   * Parses the query parameters {@code limit} and {@code cursor}.
   *
   * @param parts the number of key parts that a cursor of this list has
   */
  public static PageRequest parse(@Nullable String limit, @Nullable String cursor, int parts) {
    return new PageRequest(
        limit == null ? OptionalInt.empty() : OptionalInt.of(number(limit)),
        Optional.ofNullable(cursor).map(text -> Cursor.parse(text, parts)));
  }

  public PageRequest orLimit(int usual) {
    return limit.isPresent() ? this : new PageRequest(OptionalInt.of(usual), after);
  }

  /** One row more than the limit, which shows whether another page follows; null: no limit. */
  public @Nullable Integer rowsToRead() {
    return limit.isPresent() ? limit.getAsInt() + 1 : null;
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
