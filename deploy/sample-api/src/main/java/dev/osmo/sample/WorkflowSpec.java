package dev.osmo.sample;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A workflow file that was checked: a YAML document with a {@code workflow} that has a {@code name}
 * and {@code tasks}.
 */
record WorkflowSpec(String name, String file) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z]([a-zA-Z0-9_-]{0,62}[a-zA-Z0-9])?");

  /** Throws {@link ProblemException} with the reason when the file is not a workflow. */
  static WorkflowSpec read(@Nullable String file) {
    if (file == null || file.isBlank()) {
      throw invalid("The workflow file is empty.");
    }
    try {
      return new WorkflowSpec(nameIn(parser().<Object>load(file)), file);
    } catch (YAMLException e) {
      throw invalid("The workflow file is not valid YAML: " + firstLine(e.getMessage()));
    }
  }

  private static String nameIn(@Nullable Object document) {
    if (!(document instanceof Map<?, ?> top)
        || !(top.get("workflow") instanceof Map<?, ?> workflow)) {
      throw invalid("The workflow file must have a 'workflow' section.");
    }
    if (!(workflow.get("name") instanceof String name)) {
      throw invalid("The workflow must have a 'name'.");
    }
    if (!NAME.matcher(name).matches()) {
      throw invalid("The workflow's name must match regex ^" + NAME + "$");
    }
    if (!workflow.containsKey("tasks") && !workflow.containsKey("groups")) {
      throw invalid("The workflow must have 'tasks' or 'groups'.");
    }
    return name;
  }

  /** Plain data only, with limits on aliases, nesting and length. */
  private static Yaml parser() {
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
