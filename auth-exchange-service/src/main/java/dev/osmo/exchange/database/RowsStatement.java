package dev.osmo.exchange.database;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A statement that reads for several rows of parameters, {@code FROM (VALUES %s)}. The first
 * parameter is the timeline of the primary.
 *
 * <p>There is a text for each power of two, so that each connection prepares few. Unused rows are
 * null. An array of parameters would need one text, but for an array of unknown length PostgreSQL
 * makes a new plan at every execution.
 */
public final class RowsStatement {

  private final List<String> types;
  private final Map<Integer, String> texts;

  /**
   * @param sql with {@code %s} in place of the rows
   * @param most how many rows the largest one has
   * @param types of the columns of a row
   */
  public RowsStatement(String sql, int most, List<String> types) {
    this.types = List.copyOf(types);
    this.texts =
        IntStream.rangeClosed(1, most)
            .map(RowsStatement::sizeFor)
            .distinct()
            .boxed()
            .collect(Collectors.toMap(Function.identity(), size -> sql.formatted(rows(size))));
  }

  private static int sizeFor(int rows) {
    return rows <= 1 ? 1 : Integer.highestOneBit(rows - 1) << 1;
  }

  private String rows(int size) {
    return IntStream.range(0, size).mapToObj(this::row).collect(Collectors.joining(", "));
  }

  private String row(int row) {
    return IntStream.range(0, types.size())
        .mapToObj(column -> "$%d::%s".formatted(2 + row * types.size() + column, types.get(column)))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** The text of the smallest statement for this many rows. */
  public String text(int rows) {
    String text = texts.get(sizeFor(rows));
    if (text == null) {
      throw new IllegalArgumentException("more rows than the largest statement has");
    }
    return text;
  }

  /**
   * The parameters of that statement.
   *
   * @param values those of the rows, one after the other
   */
  public Tuple parameters(String timeline, List<?> values) {
    int size = sizeFor(values.size() / types.size()) * types.size();
    Tuple parameters = Tuple.of(timeline);
    values.forEach(parameters::addValue);
    Collections.nCopies(size - values.size(), null).forEach(parameters::addValue);
    return parameters;
  }
}
