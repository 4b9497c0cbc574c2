package dev.osmo.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final String FILE =
      """
      # a comment
      workflow:
        name: hello-{{ version }}
        tasks: [{image: "{{image}}", command: "{{output}}/{{input:0}} {{ host:a }}"}]
      default-values:
        version: 3

        image: "ubuntu:24.04"
      """;

  private static String render(String file, String... set) {
    return Template.render(file, List.of(set), List.of());
  }

  @Test
  void variables_get_the_default_values_and_what_exists_at_run_time_stays() {
    assertThat(render(FILE))
        .isEqualTo(
            """
            # a comment
            workflow:
              name: hello-3
              tasks: [{image: "ubuntu:24.04", command: "{{output}}/{{input:0}} {{ host:a }}"}]
            """);
  }

  @Test
  void the_request_wins_over_the_default_values() {
    assertThat(render(FILE, "version=4", "image=a=b")).contains("hello-4", "image: \"a=b\"");
  }

  @Test
  void a_whole_number_is_a_number_unless_it_is_set_as_text() {
    assertThat(Template.render("{{ a }} {{ b }}", List.of("a=007"), List.of("b=007")))
        .isEqualTo("7 007");
  }

  @Test
  void a_file_without_variables_stays_as_it_is() {
    String file = "workflow: {name: a, tasks: []}  # {x}\n";

    assertThat(render(file)).isEqualTo(file);
  }

  @Test
  void a_value_is_not_rendered_again() {
    assertThat(render("{{ a }}", "a={{ b }}")).isEqualTo("{{ b }}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ missing }}",
        "{{ a | upper }}",
        "{{ a.b }}",
        "{{ 1 + 1 }}",
        "{{ }}",
        "{% if a %}x{% endif %}",
        "{# comment #}",
        "{{ a",
        "default-values: [",
        "default-values: [1]",
        "default-values:\n  a: [1]"
      })
  void what_is_not_rendered_is_refused(String file) {
    assertThatThrownBy(() -> render(file, "a=1"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.type()).isEqualTo(ProblemType.INVALID_WORKFLOW));
  }

  @Test
  void a_variable_without_a_value_is_named() {
    assertThatThrownBy(() -> render("{{ missing }}")).hasMessageContaining("--set missing=VALUE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "=x", "a-b=1", "a b=1"})
  void an_assignment_of_another_shape_is_refused(String assignment) {
    assertThatThrownBy(() -> render("x", assignment)).isInstanceOf(ProblemException.class);
  }

  @Test
  void a_template_cannot_grow_without_limit() {
    assertThatThrownBy(() -> render("{{a}}".repeat(2000), "a=" + "x".repeat(1000)))
        .hasMessageContaining("1 MiB");
  }

  @ParameterizedTest
  @CsvSource({
    "team=a, true",
    "team=b, false",
    "team=*, true",
    "other=*, false",
    "project=sim_*, true",
    "project=(hil_*|sim_*), true",
    "project=(hil_*|sim), false",
    "project=s*_(a|b), false",
    "project=s*_(a|x1), true",
    "project=sim.x1, false"
  })
  void a_selector_matches_a_value_a_wildcard_or_alternatives(String selector, boolean matches) {
    var labels = Labels.of(null, List.of("team=a", "project=sim_x1"));

    boolean matched =
        Labels.selectors(List.of(selector)).entrySet().stream()
            .allMatch(
                one ->
                    labels.containsKey(one.getKey())
                        && one.getValue().getFirst().matcher(labels.get(one.getKey())).matches());

    assertThat(matched).isEqualTo(matches);
  }

  @Test
  void a_selector_cannot_cost_much() {
    assertThatThrownBy(() -> Labels.selectors(List.of("a=" + "*a".repeat(30) + "b")))
        .isInstanceOf(ProblemException.class);
  }
}
