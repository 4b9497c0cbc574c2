package dev.osmo.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.cli.tty.TextWidth;
import org.junit.jupiter.api.Test;

class TableTest {
  private final Table table =
      new Table()
          .column("Name", 8)
          .column("Description")
          .row("ci", "für 東京")
          .row("a\u0301", "builds the nightly release and signs it");

  @Test
  void columns_are_as_wide_as_their_widest_cell() {
    assertThat(table)
        .hasToString(
            """
            +----------+-----------------------------------------+
            | Name     | Description                             |
            +----------+-----------------------------------------+
            | ci       | für 東京                                |
            | a\u0301        | builds the nightly release and signs it |
            +----------+-----------------------------------------+\
            """);
  }

  @Test
  void rows_alone_have_aligned_columns() {
    assertThat(table.rows())
        .containsExactly("ci  für 東京", "a\u0301   builds the nightly release and signs it");
  }

  @Test
  void at_a_terminal_the_widest_column_is_narrowed() {
    assertThat(table.fitting(34))
        .isEqualTo(
            """
            +----------+---------------------+
            | Name     | Description         |
            +----------+---------------------+
            | ci       | für 東京            |
            | a\u0301        | builds the nightly… |
            +----------+---------------------+\
            """);
  }

  @Test
  void a_wide_terminal_truncates_nothing() {
    assertThat(table.fitting(54)).isEqualTo(table.toString());
  }

  @Test
  void truncation_never_splits_a_wide_character() {
    String text = new Table().column("Place").row("東京都千代田区").fitting(11);

    assertThat(text.lines()).allMatch(line -> TextWidth.of(line) == 11).contains("| 東京都… |");
  }

  @Test
  void a_very_narrow_terminal_shows_the_start_of_cells() {
    assertThat(table.fitting(3)).contains("| ci     | für …  |");
  }

  @Test
  void a_line_break_in_a_cell_does_not_break_the_table() {
    assertThat(new Table().column("A").row("x\ny\u001b[2J").toString()).contains("| x y[2J |");
  }
}
