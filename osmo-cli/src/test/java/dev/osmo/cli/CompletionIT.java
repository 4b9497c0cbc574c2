package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Completion in real shells, with the scripts that osmo prints. */
class CompletionIT extends ProcessTest {

  @BeforeEach
  void loggedInWithTokens() throws IOException {
    Path bin = Files.createDirectory(home.resolveSibling("bin"));
    Files.createSymbolicLink(bin.resolve("osmo"), Path.of(SCRIPT));
    Files.createSymbolicLink(bin.resolve("zz-here"), Path.of("/bin/true"));
    variable("PATH", bin + ":" + System.getenv("PATH"));
    logIn();
    server.stubFor(
        get(urlPathEqualTo("/api/auth/access_token"))
            .willReturn(okJson("[{\"token_name\":\"ci-one\"},{\"token_name\":\"ci-two\"}]")));
  }

  @ParameterizedTest
  @CsvSource({
    "osmo token delete ci-, ci-one ci-two",
    "osmo context use d, default",
    "osmo token list --context d, default",
    "osmo auth token --format = e, env exec-credential",
    "osmo token show ci-t, ci-two",
    "osmo no-such-thing x, ''",
  })
  void bash(String typed, String offered) {
    List<String> words = List.of(typed.split(" ", -1));

    CommandResult ran =
        shell(
            "source <(osmo completion bash) && complete -p osmo >/dev/null"
                + " && COMP_WORDS=("
                + typed
                + ") && COMP_CWORD="
                + (words.size() - 1)
                + " && _osmo; echo \"${COMPREPLY[*]}\"");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).isEqualTo(offered + "\n");
  }

  @Test
  void bash_completes_at_a_terminal_when_tab_is_pressed() {
    variable("PS1", "$ ");
    CommandResult ran =
        Pty.run(
            home,
            variables,
            80,
            "source <(osmo completion bash)\nosmo token delete ci-t\t--help\nexit\n",
            "exec bash --norc --noprofile -i");

    assertThat(ran.out()).contains("osmo token delete ci-two --help");
  }

  @Test
  void bash_completes_the_command_of_run() {
    CommandResult ran =
        shell(
            "source <(osmo completion bash); COMP_WORDS=(osmo run -- zz-h); COMP_CWORD=3;"
                + " _osmo; echo \"${COMPREPLY[*]}\"; COMP_WORDS=(osmo run -- ls x); COMP_CWORD=4;"
                + " _osmo; echo \"${#COMPREPLY[@]}\"");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).isEqualTo("zz-here\n0\n");
  }

  @Test
  void zsh_completes_the_command_of_run() {
    CommandResult ran =
        in(
            "zsh",
            "compdef() { : }; _normal() { print -- $CURRENT $words }; source <(osmo completion zsh);"
                + " words=(osmo run -- ls -l x); CURRENT=6; _osmo");

    assertThat(ran.out()).isEqualTo("3 ls -l x\n");
  }

  @Test
  void zsh_needs_no_preparation() {
    CommandResult ran =
        in("zsh", "source <(osmo completion zsh); print -- ${_comps[osmo]} $+functions[compdef]");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).isEqualTo("_osmo 1\n");
  }

  @Test
  void fish_completes_the_command_of_run() {
    CommandResult ran =
        in(
            "fish",
            "osmo completion fish | source; complete -C 'osmo run -- zz-h';"
                + " complete -C 'osmo run -- osmo run -- zz-h'");

    assertThat(ran.out()).contains("zz-here").hasLineCount(2);
  }

  @Test
  void zsh() {
    CommandResult ran =
        in(
            "zsh",
            "compdef() { : }; compadd() { shift; print -rl -- $@ }; source <(osmo completion zsh);"
                + " words=(osmo token delete ci-); CURRENT=4; _osmo");

    assertThat(ran.out()).isEqualTo("ci-one\nci-two\n");
  }

  @Test
  void fish() {
    CommandResult ran =
        in("fish", "osmo completion fish | source; complete -C 'osmo token delete ci-'");

    assertThat(ran.out()).isEqualTo("ci-one\nci-two\n");
  }

  private CommandResult in(String shell, String command) {
    assumeTrue(
        shell("command -v " + shell).code() == 0,
        "NO " + shell + ": it is not installed, so its completion is NOT TESTED");
    return Started.silently(home, variables, List.of("env", shell, "-c", command)).finish();
  }
}
