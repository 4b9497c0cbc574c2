package dev.osmo.local.workflow;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What a submitted file says: a YAML document with a {@code workflow} that has a {@code name} and
 * {@code tasks}.
 */
sealed interface WorkflowSpec {
  Pattern NAME = Pattern.compile("[a-zA-Z]([a-zA-Z0-9_-]{0,62}[a-zA-Z0-9])?");

  record Named(String name) implements WorkflowSpec {}

  record Invalid(String why) implements WorkflowSpec {}

  static WorkflowSpec read(@Nullable String yaml) {
    if (yaml == null || yaml.isBlank()) {
      return new Invalid("The workflow file is empty.");
    }
    try {
      return read(parser().<Object>load(yaml));
    } catch (YAMLException e) {
      return new Invalid("The workflow file is not valid YAML: " + firstLine(e.getMessage()));
    }
  }

  private static WorkflowSpec read(@Nullable Object document) {
    if (!(document instanceof Map<?, ?> top)
        || !(top.get("workflow") instanceof Map<?, ?> workflow)) {
      return new Invalid("The workflow file must have a 'workflow' section.");
    }
    if (!(workflow.get("name") instanceof String name)) {
      return new Invalid("The workflow must have a 'name'.");
    }
    if (!NAME.matcher(name).matches()) {
      return new Invalid("The workflow's name must match regex ^" + NAME + "$");
    }
    if (!workflow.containsKey("tasks") && !workflow.containsKey("groups")) {
      return new Invalid("The workflow must have 'tasks' or 'groups'.");
    }
    return new Named(name);
  }

  /** Plain data only, no aliases that blow up, no deep nests. */
  private static Yaml parser() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(20);
    options.setNestingDepthLimit(50);
    options.setCodePointLimit(1 << 20);
    return new Yaml(new SafeConstructor(options));
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }
}
