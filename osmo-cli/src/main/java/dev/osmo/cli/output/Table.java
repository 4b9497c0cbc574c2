package dev.osmo.cli.output;

import dev.osmo.cli.tty.TextWidth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A boxed table, left-aligned, one line per row. Columns are as wide as their cells; only {@link
 * #fitting} truncates cells, for a terminal.
 */
public final class Table {
  /** Narrower cells are unreadable; a line that wraps is better. */
  private static final int NARROWEST = 6;

  private static final int BORDER_AND_PADDING = 3;

  private final List<Integer> widths = new ArrayList<>();
  private final List<String[]> rows = new ArrayList<>();

  public Table() {
    rows.add(new String[0]);
  }

  public Table column(String header) {
    return column(header, 0);
  }

  /**
   * Adds a column with a minimum width.
   *
   * @param minimumContentWidth characters between the two padding spaces
   */
  public Table column(String header, int minimumContentWidth) {
    String[] headers = Arrays.copyOf(rows.getFirst(), widths.size() + 1);
    headers[widths.size()] = header;
    rows.set(0, headers);
    widths.add(Math.max(minimumContentWidth, TextWidth.of(header)));
    return this;
  }

  /** Adds a row; {@code cells} in the order of the columns. */
  public Table row(String... cells) {
    String[] clean = new String[widths.size()];
    for (int i = 0; i < clean.length; i++) {
      clean[i] = TerminalText.oneLine(cells[i]);
      widths.set(i, Math.max(widths.get(i), TextWidth.of(clean[i])));
    }
    rows.add(clean);
    return this;
  }

  @Override
  public String toString() {
    return text(widths);
  }

  /** The rows alone, without headers and borders, in columns separated by two spaces. */
  List<String> rows() {
    List<Integer> narrow = new ArrayList<>();
    for (int i = 0; i < widths.size(); i++) {
      int column = i;
      narrow.add(rows.stream().skip(1).mapToInt(row -> TextWidth.of(row[column])).max().orElse(0));
    }
    return rows.stream().skip(1).map(row -> cells(row, narrow)).toList();
  }

  private static String cells(String[] row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      line.append(row[i]).append(" ".repeat(widths.get(i) - TextWidth.of(row[i]) + 2));
    }
    return line.toString().stripTrailing();
  }

  /** The table for a terminal: narrows the widest columns, down to a minimum. */
  String fitting(int columns) {
    List<Integer> narrowed = new ArrayList<>(widths);
    int excess = 1 - columns;
    for (int width : narrowed) {
      excess += width + BORDER_AND_PADDING;
    }
    for (; excess > 0; excess--) {
      int widest = narrowed.stream().mapToInt(Integer::intValue).max().orElse(0);
      if (widest <= NARROWEST) {
        break;
      }
      narrowed.set(narrowed.indexOf(widest), widest - 1);
    }
    return text(narrowed);
  }

  private String text(List<Integer> chosen) {
    StringBuilder rule = new StringBuilder("+");
    chosen.forEach(width -> rule.append("-".repeat(width + 2)).append('+'));
    StringBuilder text = new StringBuilder().append(rule).append('\n');
    text.append(line(rows.getFirst(), chosen)).append(rule).append('\n');
    rows.stream().skip(1).forEach(row -> text.append(line(row, chosen)));
    return text.append(rule).toString();
  }

  private static StringBuilder line(String[] cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < cells.length; i++) {
      String cell = TextWidth.truncate(cells[i], widths.get(i));
      int gap = widths.get(i) - TextWidth.of(cell);
      line.append(' ').append(cell).append(" ".repeat(gap)).append(" |");
    }
    return line.append('\n');
  }
}
