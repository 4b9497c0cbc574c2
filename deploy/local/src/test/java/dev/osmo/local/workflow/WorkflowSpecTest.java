package dev.osmo.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowSpecTest {
  @Test
  void the_example_file_is_a_workflow() throws IOException {
    assertThat(WorkflowSpec.read(Files.readString(Path.of("my-workflow.yaml"))))
        .isEqualTo(new WorkflowSpec.Named("hello"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | empty",
        "'workflow: [' | not valid YAML",
        "'just text' | section",
        "'workflow: {tasks: []}' | name",
        "'workflow: {name: 7, tasks: []}' | name",
        "'workflow: {name: ../etc, tasks: []}' | regex",
        "'workflow: {name: hello}' | tasks",
        "'!!java.net.URL [http://localhost]' | not valid YAML",
        "'a: &a [x,x,x]' | section"
      })
  void anything_else_is_refused_with_a_reason(String yaml, String reason) {
    assertThat(WorkflowSpec.read(yaml))
        .isInstanceOfSatisfying(
            WorkflowSpec.Invalid.class, invalid -> assertThat(invalid.why()).contains(reason));
  }

  @Test
  void aliases_that_multiply_are_refused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(WorkflowSpec.read(bomb.toString())).isInstanceOf(WorkflowSpec.Invalid.class);
  }

  @Test
  void endless_nesting_is_refused() {
    assertThat(WorkflowSpec.read("[".repeat(10_000))).isInstanceOf(WorkflowSpec.Invalid.class);
  }
}
