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
  void cells_are_whole_and_columns_as_wide_as_their_widest() {
    assertThat(table)
        .hasToString(
            """
            +----------+-----------------------------------------+
            | Name     | Description                             |
            +----------+-----------------------------------------+
            | ci       | für 東京                                |
            | a\u0301        | builds the nightly release and signs it |
            +----------+-----------------------------------------+""");
  }

  @Test
  void for_a_screen_the_widest_column_gives_way() {
    assertThat(table.fitting(34))
        .isEqualTo(
            """
            +----------+---------------------+
            | Name     | Description         |
            +----------+---------------------+
            | ci       | für 東京            |
            | a\u0301        | builds the nightly… |
            +----------+---------------------+""");
  }

  @Test
  void a_screen_that_is_wide_enough_changes_nothing() {
    assertThat(table.fitting(54)).isEqualTo(table.toString());
  }

  @Test
  void a_cut_never_splits_a_wide_character() {
    String text = new Table().column("Place").row("東京都千代田区").fitting(11);

    assertThat(text.lines()).allMatch(line -> TextWidth.of(line) == 11).contains("| 東京都… |");
  }

  @Test
  void a_screen_too_narrow_for_anything_still_shows_the_beginnings() {
    assertThat(table.fitting(3)).contains("| ci     | für …  |");
  }

  @Test
  void a_line_break_in_a_cell_does_not_break_the_table() {
    assertThat(new Table().column("A").row("x\ny\u001b[2J").toString()).contains("| x y[2J |");
  }
}
