package dev.osmo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Every command has the common options. */
@QuarkusTest
class FormatsEverywhereTest {
  @Inject CommandTree tree;

  @Test
  void every_command_has_a_format_option_unless_it_passes_output_through() {
    assertThat(
            commands(tree.root())
                .filter(command -> command.subcommands().isEmpty())
                .filter(command -> command.findOption("--json") == null)
                .map(CommandSpec::qualifiedName))
        .containsExactlyInAnyOrder(
            "osmo api",
            "osmo auth token",
            "osmo completion",
            "osmo man",
            "osmo run",
            "osmo sidecar once",
            "osmo sidecar run",
            "osmo sidecar shutdown",
            "osmo sidecar wait",
            "osmo token scan");
  }

  @Test
  void every_list_has_wide_and_quiet_options() {
    assertThat(
            commands(tree.root())
                .filter(command -> command.findOption("--wide") != null)
                .filter(command -> command.findOption("-q") != null)
                .map(CommandSpec::qualifiedName))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    commands(tree.root())
                        .filter(command -> command.name().equals("list"))
                        .map(CommandSpec::qualifiedName)
                        .filter(name -> !name.equals("osmo profile list")),
                    Stream.of("osmo admin audit", "osmo admin keys"))
                .toList());
  }

  /** The page on the differences lists these commands too. */
  @Test
  void commands_with_quiet_but_not_wide_print_a_secret() {
    assertThat(
            commands(tree.root())
                .filter(command -> command.findOption("-q") != null)
                .filter(command -> command.findOption("--wide") == null)
                .map(CommandSpec::qualifiedName))
        .containsExactlyInAnyOrder("osmo token generate", "osmo token rotate", "osmo token set");
  }

  private static Stream<CommandSpec> commands(CommandSpec command) {
    return Stream.concat(
        Stream.of(command),
        command.subcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .filter(child -> !child.usageMessage().hidden())
            .flatMap(FormatsEverywhereTest::commands));
  }
}
