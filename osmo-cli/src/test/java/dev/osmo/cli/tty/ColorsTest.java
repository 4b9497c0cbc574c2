package dev.osmo.cli.tty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ColorsTest {
  @Test
  void colours_are_for_terminals_that_can_and_people_who_want() {
    Optional<String> none = Optional.empty();
    Optional<String> xterm = Optional.of("xterm");

    assertThat(Colors.of(true, none, xterm)).isEqualTo(Ansi.ON);
    assertThat(Colors.of(false, none, xterm)).isEqualTo(Ansi.OFF);
    assertThat(Colors.of(true, Optional.of("1"), xterm)).isEqualTo(Ansi.OFF);
    assertThat(Colors.of(true, none, Optional.of("dumb"))).isEqualTo(Ansi.OFF);
  }
}
