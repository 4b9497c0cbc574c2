package dev.osmo.cli.output;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;

/**
 * A boxed table, left-aligned, one text line per row. Columns never shrink below their minimum and
 * never cut a cell.
 */
public final class Table {
  private static final int PADDING = 2;

  private final List<Column> columns = new ArrayList<>();
  private final List<String[]> rows = new ArrayList<>();

  public Table column(String header) {
    return column(header, 0);
  }

  /**
   * Adds a column that is at least so wide, also when every cell is short.
   *
   * @param minimumContentWidth characters between the two padding spaces
   */
  public Table column(String header, int minimumContentWidth) {
    columns.add(
        new Column()
            .header(header)
            .headerAlign(HorizontalAlign.LEFT)
            .dataAlign(HorizontalAlign.LEFT)
            .minWidth(minimumContentWidth + PADDING)
            .maxWidth(Integer.MAX_VALUE));
    return this;
  }

  public Table row(String... cells) {
    String[] clean = new String[cells.length];
    for (int i = 0; i < cells.length; i++) {
      clean[i] = TerminalText.oneLine(cells[i]);
    }
    rows.add(clean);
    return this;
  }

  @Override
  public String toString() {
    return AsciiTable.builder()
        .lineSeparator("\n")
        .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS)
        .data(columns.toArray(Column[]::new), rows.toArray(String[][]::new))
        .asString();
  }
}
