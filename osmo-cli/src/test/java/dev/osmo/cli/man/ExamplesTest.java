package dev.osmo.cli.man;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.osmo.cli.CommandTree;
import dev.osmo.cli.environment.Surroundings;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every command has an example that it accepts, and every variable of the guide is in the help. */
@QuarkusTest
class ExamplesTest {
  @Inject CommandTree tree;

  @Test
  void every_command_has_examples_that_it_accepts() {
    new DescribedCommand(tree.root())
        .andBelow()
        .filter(command -> command.isRoot() || command.children().findAny().isEmpty())
        .forEach(
            command -> {
              assertThat(command.examples()).as(command.name()).isNotEmpty();
              command.examples().forEach(this::parses);
            });
  }

  private void parses(String example) {
    List<String> words = List.of(example.split(" "));
    assertThatCode(
            () ->
                tree.root()
                    .commandLine()
                    .setAllowSubcommandsAsOptionParameters(true)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setExpandAtFiles(false)
                    .parseArgs(words.subList(1, words.size()).toArray(String[]::new)))
        .as(example)
        .doesNotThrowAnyException();
  }

  @Test
  void every_variable_of_the_user_guide_is_in_the_help() throws IOException {
    String guide = Files.readString(Path.of("..", "src-docs", "user", "cli.rst"));
    List<String> documented =
        guide
            .substring(guide.indexOf("Environment\n---"), guide.indexOf("At a terminal\n---"))
            .lines()
            .filter(line -> line.startsWith("``"))
            .map(line -> line.replaceFirst("^``([A-Z_]+)``.*", "$1"))
            .toList();

    assertThat(Surroundings.VARIABLES.stream().map(Surroundings.Entry::name))
        .containsExactlyElementsOf(documented);
  }
}
