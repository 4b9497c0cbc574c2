package dev.osmo.token.paging;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.problem.TokenProblem;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which piece of a list is wanted.
 *
 * @param limit empty: everything
 * @param after empty: from the beginning
 */
public record PageRequest(OptionalInt limit, Optional<Cursor> after) {

  private static final int MOST = 1000;

  /** Everything, unless the caller limits it. The cursor has so many parts. */
  public static PageRequest parse(@Nullable String limit, @Nullable String cursor, int parts) {
    return new PageRequest(
        limit == null ? OptionalInt.empty() : OptionalInt.of(number(limit)),
        Optional.ofNullable(cursor).map(text -> Cursor.parse(text, parts)));
  }

  public PageRequest orLimit(int usual) {
    return limit.isPresent() ? this : new PageRequest(OptionalInt.of(usual), after);
  }

  /** One row more than wanted tells whether something follows; null: no limit. */
  public @Nullable Integer rowsToRead() {
    return limit.isPresent() ? limit.getAsInt() + 1 : null;
  }

  /** A part of the cursor; null: from the beginning. */
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
