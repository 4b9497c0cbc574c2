package dev.osmo.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A workflow file that was checked: a YAML document with a {@code workflow} that has a {@code name}
 * and at least one task, which has a name and an image.
 */
record WorkflowSpec(String name, String file, Map<String, String> labels) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z]([a-zA-Z0-9_-]{0,62}[a-zA-Z0-9])?");

  /**
   * Throws {@link ProblemException} with the reason when the file is not a workflow.
   *
   * @param labels {@code KEY=VALUE}, beside those in the file
   */
  static WorkflowSpec read(String file, List<String> labels) {
    if (file.isBlank()) {
      throw invalid("The workflow file is empty.");
    }
    try {
      Map<?, ?> workflow = workflowIn(parser().<Object>load(file));
      return new WorkflowSpec(nameOf(workflow), file, Labels.of(workflow.get("labels"), labels));
    } catch (YAMLException e) {
      throw invalid("The workflow file is not valid YAML: " + firstLine(e.getMessage()));
    }
  }

  private static Map<?, ?> workflowIn(@Nullable Object document) {
    if (!(document instanceof Map<?, ?> top)
        || !(top.get("workflow") instanceof Map<?, ?> workflow)) {
      throw invalid("The workflow file must have a 'workflow' section.");
    }
    return workflow;
  }

  private static String nameOf(Map<?, ?> workflow) {
    if (!(workflow.get("name") instanceof String name)) {
      throw invalid("The workflow must have a 'name'.");
    }
    if (!NAME.matcher(name).matches()) {
      throw invalid("The workflow's name must match regex ^" + NAME + "$");
    }
    requireTasks(workflow);
    return name;
  }

  private static void requireTasks(Map<?, ?> workflow) {
    if (workflow.containsKey("tasks") == workflow.containsKey("groups")) {
      throw invalid("The workflow must have either 'tasks' or 'groups'.");
    }
    if (workflow.containsKey("tasks")) {
      items(workflow, "tasks").forEach(WorkflowSpec::requireTask);
    } else {
      items(workflow, "groups")
          .forEach(group -> items(group, "tasks").forEach(WorkflowSpec::requireTask));
    }
  }

  private static void requireTask(Map<?, ?> task) {
    if (!(task.get("name") instanceof String) || !(task.get("image") instanceof String)) {
      throw invalid("Each task must have a 'name' and an 'image'.");
    }
  }

  private static List<Map<?, ?>> items(Map<?, ?> parent, String key) {
    List<Map<?, ?>> items = new ArrayList<>();
    if (parent.get(key) instanceof List<?> list) {
      for (Object item : list) {
        if (!(item instanceof Map<?, ?> map)) {
          throw invalid("Each entry of '" + key + "' must be a mapping.");
        }
        items.add(map);
      }
    }
    if (items.isEmpty()) {
      throw invalid("'" + key + "' must be a list with at least one entry.");
    }
    return items;
  }

  /** Plain data only, with limits on aliases, nesting and length. */
  static Yaml parser() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(20);
    options.setNestingDepthLimit(50);
    options.setCodePointLimit(1 << 20);
    return new Yaml(new SafeConstructor(options));
  }

  private static ProblemException invalid(String reason) {
    return new ProblemException(ProblemType.INVALID_WORKFLOW, reason);
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }
}
