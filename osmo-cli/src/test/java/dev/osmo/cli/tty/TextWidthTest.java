package dev.osmo.cli.tty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextWidthTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "abc, 3",
    "für, 3",
    "fu\u0308r, 3",
    "東京, 4",
    "한국, 4",
    "\u1112\u1161\u11ab, 2",
    "ｶﾅ, 2",
    "Ａ, 2",
    "🚀, 2",
    "✈\ufe0f, 1",
    "e\u20dd, 1",
    "नि, 2",
    "𠀀, 2",
    "…, 1",
    "─, 1",
    "Жλ, 2",
  })
  void the_width_of_a_text_is_counted_in_cells(String text, int cells) {
    assertThat(TextWidth.of(text)).isEqualTo(cells);
  }

  @ParameterizedTest
  @CsvSource({"abcdef, 6, abcdef", "abcdef, 5, abcd…", "東京都, 5, 東京…", "東京都, 4, 東…", "abc, 1, …"})
  void truncated_text_ends_in_an_ellipsis(String text, int width, String truncated) {
    assertThat(TextWidth.truncate(text, width)).isEqualTo(truncated);
  }
}
