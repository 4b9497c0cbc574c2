package dev.osmo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

interface ManCommandContract extends CommandContract {
  @Test
  default void every_command_has_exactly_one_page() throws IOException {
    Path pages = home().resolve("pages");

    CommandResult ran = run("man", "--to", pages.toString());

    assertThat(ran).isEqualTo(new CommandResult(0, "", ""));
    try (var files = Files.list(pages)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(names)
          .contains("osmo.1", "osmo-token.1", "osmo-token-set.1", "osmo-man.1")
          .doesNotContain("osmo-__complete.1");
    }
    assertThat(Files.readString(pages.resolve("osmo-token-set.1")))
        .isEqualTo(run("man", "token-set").out());
  }

  @Test
  default void a_manual_page_matches_the_help() {
    CommandResult ran = run("man", "token", "set");

    assertThat(ran.out())
        .startsWith(".TH \"OSMO\\-TOKEN\\-SET\" 1")
        .contains("osmo token set [OPTION]... NAME\n")
        .contains(".B \\-r, \\-\\-roles ")
        .contains("Output format: text, json (default: text).")
        .contains(".SH EXAMPLES\n.nf\nosmo token set ci \\-\\-expires\\-in 90d")
        .contains("osmo\\-token(1), osmo(1)\n");
    assertThat(ran.code()).isZero();
  }

  @Test
  default void the_page_of_osmo_itself_lists_commands_and_exit_codes() {
    assertThat(run("man").out())
        .contains(".B osmo\\-login(1)\n", ".SH EXIT STATUS\n.TP\n.B 0\n", ".B \\-\\-context NAME\n")
        .contains(".SH ENVIRONMENT\n.TP\n.B OSMO_URL\n", ".SH FILES\n.TP\n.B ~/.config/osmo/");
  }

  @Test
  default void a_command_that_does_not_exist_has_no_page() {
    CommandResult ran = run("man", "tokens");

    assertThat(ran.err()).isEqualTo("Error: There is no command tokens. See: osmo --help\n");
    assertThat(ran.code()).isEqualTo(5);
  }
}
