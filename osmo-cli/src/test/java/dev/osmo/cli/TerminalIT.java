package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Output at a terminal, compared with a pipe. */
class TerminalIT extends ProcessTest {
  private static final String LONG = "builds the nightly release and signs it with the team's key";

  @BeforeEach
  void tokenInTheEnvironment() {
    variable("TERM", "xterm-256color");
    logInByEnvironment();
    listAnswersAfter(0);
  }

  @Test
  void a_table_fits_the_terminal_and_is_complete_in_a_pipe() {
    assertThat(withoutSpinner(atTerminal(70, "token list")).lines())
        .allMatch(line -> line.strip().length() <= 70)
        .anyMatch(line -> line.contains("| builds the nightly re… |"));
    assertThat(run("token", "list").out()).contains("| " + LONG + " |").doesNotContain("…");
  }

  @Test
  void a_terminal_wide_enough_shows_everything() {
    assertThat(atTerminal(200, "token list").out()).contains("| " + LONG + " |");
  }

  @Test
  void a_terminal_shows_the_progress_until_the_response() {
    listAnswersAfter(1500);

    String seen = atTerminal(200, "token list").out();

    assertThat(seen).contains("| Waiting for " + url()).contains("\r\u001b[K+-----");
    assertThat(run("token", "list").err()).isEmpty();
  }

  @Test
  void an_interrupt_erases_the_progress() throws IOException {
    IgnoredSignals.skipTestsOf("INT");
    listAnswersAfter(20_000);

    String command = "timeout --foreground -s INT 8 '" + SCRIPT + "' token list";
    String seen = Pty.run(home, variables, 200, "", command).out();

    assertThat(seen).contains("Waiting for " + url()).endsWith("\r\u001b[K");
  }

  @Test
  void help_is_as_wide_as_the_terminal_up_to_120_columns() {
    assertThat(longestLine(atTerminal(70, "token list --help --no-color"))).isBetween(55, 70);
    assertThat(longestLine(atTerminal(200, "token list --help --no-color"))).isBetween(90, 120);
    assertThat(longestLine(run("token", "list", "--help"))).isBetween(65, 80);
  }

  private static int longestLine(CommandResult ran) {
    return ran.out().lines().mapToInt(line -> line.strip().length()).max().orElse(0);
  }

  @Test
  void a_dumb_terminal_gets_no_spinner() {
    listAnswersAfter(1500);
    variable("TERM", "dumb");

    assertThat(atTerminal(200, "token list").out()).doesNotContain("Waiting", "\u001b");
  }

  @ParameterizedTest
  @CsvSource({"xterm, , --help, true", "dumb, , --help, false", "xterm, 1, --help, false"})
  void help_is_colored_only_if_wanted(
      String term, String noColor, String arguments, boolean coloured) {
    variable("TERM", term);
    variable("NO_COLOR", noColor == null ? "" : noColor);

    assertThat(atTerminal(80, arguments).out().contains("\u001b[")).isEqualTo(coloured);
    assertThat(atTerminal(80, "--no-color --help").out()).doesNotContain("\u001b");
    assertThat(run("--help").out()).doesNotContain("\u001b");
  }

  @Test
  void the_response_of_a_server_is_sanitized_at_a_terminal() {
    everythingAnswers(problem(400, "\\u001b[31mred\\u001b]0;title\\u0007\\u009b2J"));

    assertThat(withoutSpinner(atTerminal(80, "token list")))
        .contains("red]0;title2J")
        .doesNotContain("\u001b");
  }

  @Test
  void the_manual_is_shown_by_man_at_a_terminal() {
    variable("MANPAGER", "cat");

    assertThat(atTerminal(80, "man token list").out())
        .contains("osmo token list [OPTION]...")
        .doesNotContain(".SH");
    assertThat(run("man", "token", "list").out()).contains(".SH SYNOPSIS");
  }

  private void listAnswersAfter(int milliseconds) {
    server.stubFor(
        get(urlPathEqualTo("/api/auth/access_token"))
            .willReturn(
                okJson("[{\"token_name\":\"ci\",\"description\":\"" + LONG + "\"}]")
                    .withFixedDelay(milliseconds)));
  }

  /** A slow machine may show progress. */
  private static String withoutSpinner(CommandResult ran) {
    return ran.out().replaceAll("\r\u001b\\[K(. Waiting[^\r]*)?", "");
  }

  private CommandResult atTerminal(int columns, String arguments) {
    return Pty.run(home, variables, columns, "", "'" + SCRIPT + "' " + arguments);
  }
}
