package dev.osmo.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTextTest {

  @Test
  void ordinary_text_of_any_language_stays() {
    String text = "CI/CD – pipeline für 東京 😀";

    assertThat(TerminalText.oneLine(text)).isEqualTo(text);
  }

  @Test
  void nothing_that_a_terminal_obeys_is_left() {
    StringBuilder everything = new StringBuilder();
    for (int point = 0; point < 0x3000; point++) {
      everything.appendCodePoint(point);
    }
    everything.append('\ud800');

    assertThat(TerminalText.oneLine(everything.toString()).codePoints())
        .noneMatch(Character::isISOControl)
        .doesNotContain(0x202a, 0x202e, 0x2066, 0x2069, 0x2028, 0x200b, 0xd800, 0x1b, 0x9b);
  }
}
