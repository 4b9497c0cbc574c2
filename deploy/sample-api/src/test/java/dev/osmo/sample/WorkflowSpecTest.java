package dev.osmo.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowSpecTest {
  @Test
  void the_example_file_is_a_workflow() throws IOException {
    String file = Files.readString(Path.of("../local/my-workflow.yaml"));

    assertThat(WorkflowSpec.read(file, List.of()))
        .isEqualTo(new WorkflowSpec("hello", file, Map.of()));
  }

  @Test
  void a_workflow_may_have_groups_of_tasks() {
    String file = "workflow: {name: hello, groups: [{name: g, tasks: [{name: t, image: i}]}]}";

    assertThat(WorkflowSpec.read(file, List.of()).name()).isEqualTo("hello");
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
        "'workflow: {name: hello, tasks: [], groups: []}' | either",
        "'workflow: {name: hello, tasks: []}' | at least one",
        "'workflow: {name: hello, tasks: {a: b}}' | at least one",
        "'workflow: {name: hello, tasks: [greet]}' | mapping",
        "'workflow: {name: hello, tasks: [{name: greet}]}' | image",
        "'workflow: {name: hello, tasks: [{image: ubuntu}]}' | name",
        "'workflow: {name: hello, groups: []}' | at least one",
        "'workflow: {name: hello, groups: [{name: g, tasks: []}]}' | at least one",
        "'workflow: {name: hello, groups: [{name: g, tasks: [{name: greet}]}]}' | image",
        "'!!java.net.URL [http://localhost]' | not valid YAML",
        "'a: &a [x,x,x]' | section"
      })
  void any_other_file_is_refused_with_a_reason(String yaml, String reason) {
    assertRefused(yaml, reason);
  }

  @Test
  void exponential_aliases_are_refused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }

    assertRefused(bomb.toString(), "not valid YAML");
  }

  @Test
  void deep_nesting_is_refused() {
    assertRefused("[".repeat(10_000), "not valid YAML");
  }

  private static void assertRefused(String yaml, String reason) {
    assertThatThrownBy(() -> WorkflowSpec.read(yaml, List.of()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.type()).isEqualTo(ProblemType.INVALID_WORKFLOW))
        .hasMessageContaining(reason);
  }
}
