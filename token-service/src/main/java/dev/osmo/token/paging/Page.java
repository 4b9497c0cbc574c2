package dev.osmo.token.paging;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A piece of a list.
 *
 * @param next the end of this piece, when something follows it
 */
public record Page<T>(List<T> items, Optional<Cursor> next) {

  public Page {
    items = List.copyOf(items);
  }

  /** From the rows that {@link PageRequest#rowsToRead()} asked for. */
  public static <T> Page<T> of(List<T> rows, PageRequest wanted, Function<T, Cursor> key) {
    if (wanted.limit().isEmpty() || rows.size() <= wanted.limit().getAsInt()) {
      return new Page<>(rows, Optional.empty());
    }
    List<T> shown = rows.subList(0, wanted.limit().getAsInt());
    return new Page<>(shown, Optional.of(key.apply(shown.getLast())));
  }

  public <R> Page<R> map(Function<T, R> view) {
    return new Page<>(items.stream().map(view).toList(), next);
  }
}
