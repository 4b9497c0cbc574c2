package dev.osmo.cli.tty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ColorsTest {
  @Test
  void colors_need_a_terminal_that_supports_them_and_no_opt_out() {
    Optional<String> none = Optional.empty();
    Optional<String> xterm = Optional.of("xterm");

    assertThat(Colors.mode(true, none, xterm)).isEqualTo(Ansi.ON);
    assertThat(Colors.mode(false, none, xterm)).isEqualTo(Ansi.OFF);
    assertThat(Colors.mode(true, Optional.of("1"), xterm)).isEqualTo(Ansi.OFF);
    assertThat(Colors.mode(true, none, Optional.of("dumb"))).isEqualTo(Ansi.OFF);
  }
}
