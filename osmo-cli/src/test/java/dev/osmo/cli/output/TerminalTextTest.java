package dev.osmo.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTextTest {

  @Test
  void text_of_any_language_is_unchanged() {
    String text = "CI/CD – pipeline für 東京 😀";

    assertThat(TerminalText.oneLine(text)).isEqualTo(text);
  }

  @Test
  void terminal_control_characters_are_removed() {
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
