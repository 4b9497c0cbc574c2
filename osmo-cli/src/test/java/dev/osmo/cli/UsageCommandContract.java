package dev.osmo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

interface UsageCommandContract extends CommandContract {
  @Test
  default void osmo_without_arguments_shows_help() {
    CommandResult ran = run();

    assertThat(ran.out())
        .startsWith("Usage: osmo")
        .contains("login", "token", "workflow", "version");
    assertThat(ran.code()).isZero();
  }

  @Test
  default void osmo_without_arguments_fits_on_a_screen_and_names_the_rest() {
    String help = run().out();

    assertThat(help.lines().count()).isLessThanOrEqualTo(50);
    assertThat(help)
        .contains("\nExit codes, environment and files: osmo help, osmo man\n")
        .doesNotContain("OSMO_TOKEN_FILE");
    assertThat(run("help").out()).contains("\nEnvironment:\n  OSMO_URL\n", "\nFiles:\n");
  }

  @Test
  default void help_of_a_mistyped_command_is_an_error_with_a_suggestion() {
    assertThat(run("help", "token", "sett"))
        .isEqualTo(
            new CommandResult(
                2,
                "",
                "Error: There is no command sett. Did you mean set? See: osmo token --help\n"));
    assertThat(run("help", "tokn").err()).contains("Did you mean token?");
    assertThat(run("help", "token", "set").out()).startsWith("Usage: osmo token set");
    assertThat(run("help", "token").out()).startsWith("Usage: osmo token ");
  }

  @Test
  default void options_that_exclude_each_other_are_one_error() {
    assertThat(run("login", "http://localhost", "--token=x", "--token-file=y").err())
        .startsWith("Error: ")
        .contains("mutually exclusive")
        .doesNotContain("Error: Error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "--nonsense"})
  default void an_unknown_argument_is_a_usage_error(String argument) {
    assertThat(run(argument).code()).isEqualTo(2);
  }

  @Test
  default void every_command_has_help() {
    List<List<String>> paths = paths(List.of());
    assertThat(paths).hasSizeGreaterThan(15);
    for (List<String> path : paths) {
      for (String help : List.of("-h", "--help")) {
        CommandResult ran = run(longer(path, help));

        assertThat(ran.out()).startsWith(String.join(" ", prefixed(path)));
        assertThat(ran.code()).isZero();
      }
    }
  }

  @Test
  default void help_has_examples_and_that_of_osmo_the_environment_and_files() {
    assertThat(run("token", "rotate", "--help").out())
        .contains("\nExamples:\n  osmo token rotate ci --grace 2w\n")
        .doesNotContain("Environment:");
    assertThat(run("--help").out())
        .contains("\nEnvironment:\n  OSMO_URL\n", "\nFiles:\n  ~/.config/osmo/", "\nExamples:\n");
  }

  @Test
  @Tag("I1")
  default void a_token_as_an_unexpected_argument_is_masked() {
    CommandResult ran = run("token", "list", token());

    assertThat(ran.err()).contains("osmo_***").doesNotContain(token());
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  default void a_command_that_needs_a_login_says_so() {
    CommandResult ran = run("token", "list");

    assertThat(ran.err()).startsWith("Error: You are not logged in. Log in first: osmo login");
    assertThat(ran.code()).isEqualTo(4);
    assertThat(config()).doesNotExist();
  }

  private static List<String> prefixed(List<String> path) {
    List<String> words = new ArrayList<>(List.of("Usage: osmo"));
    words.addAll(path);
    return words;
  }

  /** This command and all commands below it, as listed in the help. */
  private List<List<String>> paths(List<String> path) {
    List<List<String>> paths = new ArrayList<>(List.of(path));
    for (String child : childrenNamedIn(run(longer(path, "--help")).out())) {
      paths.addAll(paths(List.of(longer(path, child))));
    }
    return paths;
  }

  private static List<String> childrenNamedIn(String help) {
    return help.lines()
        .dropWhile(line -> !line.equals("Commands:"))
        .skip(1)
        .takeWhile(line -> line.startsWith(" "))
        .filter(line -> line.matches("  \\S.*"))
        .map(line -> line.strip().split("[ ,]", 2)[0])
        .toList();
  }

  private static String[] longer(List<String> path, String word) {
    return Stream.concat(path.stream(), Stream.of(word)).toArray(String[]::new);
  }
}
