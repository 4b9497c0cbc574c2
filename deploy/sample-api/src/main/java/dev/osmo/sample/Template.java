package dev.osmo.sample;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Fills in the variables of a workflow file: {@code {{ name }}} becomes the value that the request
 * sets, or else that of the file's section {@code default-values}. Everything else of Jinja, which
 * OSMO renders, is refused with a reason. References to what exists only while a workflow runs, as
 * in {@code {{output}}}, stay as they are.
 */
final class Template {
  private static final int LONGEST = 1 << 20;
  private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*\\}\\}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern AT_RUN_TIME =
      Pattern.compile("output|uuid|workflow_id|(input|host):[^{}]+");
  private static final Pattern OTHER_JINJA = Pattern.compile("\\{%|\\{#|\\{\\{");
  private static final Pattern DEFAULTS =
      Pattern.compile("(?ms)^default-values:(.*?)(?=^[^\\s#]|\\z)");

  private Template() {}

  /**
   * Returns the file without its {@code default-values}. Throws {@link ProblemException} when it
   * uses what is not supported, or a variable without a value.
   *
   * @param set {@code NAME=VALUE}, where a whole number loses its leading zeros, as in OSMO
   * @param setText {@code NAME=VALUE} as it is
   */
  static String render(String file, List<String> set, List<String> setText) {
    Map<String, String> values = new HashMap<>();
    Matcher section = DEFAULTS.matcher(file);
    String workflow = file;
    if (section.find()) {
      addDefaults(values, section.group());
      workflow = section.replaceFirst("");
    }
    set.forEach(assignment -> assign(values, assignment, true));
    setText.forEach(assignment -> assign(values, assignment, false));
    return fill(workflow, values);
  }

  private static String fill(String workflow, Map<String, String> values) {
    StringBuilder filled = new StringBuilder();
    int done = 0;
    Matcher reference = REFERENCE.matcher(workflow);
    while (reference.find()) {
      append(filled, requireNoJinja(workflow.substring(done, reference.start())));
      append(filled, valueOf(reference, values));
      done = reference.end();
    }
    append(filled, requireNoJinja(workflow.substring(done)));
    return filled.toString();
  }

  private static String valueOf(Matcher reference, Map<String, String> values) {
    String name = reference.group(1);
    String value = values.get(name);
    if (value != null) {
      return value;
    }
    if (AT_RUN_TIME.matcher(name).matches()) {
      return reference.group();
    }
    throw invalid(
        VARIABLE.matcher(name).matches()
            ? "The variable " + name + " has no value: use --set " + name + "=VALUE."
            : "This API fills in {{ name }} only, not the other expressions of Jinja.");
  }

  private static void append(StringBuilder filled, String text) {
    if (filled.length() + text.length() > LONGEST) {
      throw invalid("With its variables filled in, the workflow is longer than 1 MiB.");
    }
    filled.append(text);
  }

  private static String requireNoJinja(String text) {
    if (OTHER_JINJA.matcher(text).find()) {
      throw invalid("This API fills in {{ name }} only, not the other expressions of Jinja.");
    }
    return text;
  }

  private static void addDefaults(Map<String, String> values, String section) {
    Object defaults = parse(section);
    if (defaults == null) {
      return;
    }
    if (!(defaults instanceof Map<?, ?> map)) {
      throw invalid("The section 'default-values' must be a mapping of names to values.");
    }
    map.forEach(
        (name, value) -> {
          if (value instanceof Map || value instanceof List) {
            throw invalid("The default value of " + name + " must be a text or a number.");
          }
          values.put(String.valueOf(name), String.valueOf(value));
        });
  }

  private static @Nullable Object parse(String section) {
    try {
      return ((Map<?, ?>) WorkflowSpec.parser().<Object>load(section)).get("default-values");
    } catch (YAMLException e) {
      throw invalid("The section 'default-values' is not valid YAML.");
    }
  }

  private static void assign(Map<String, String> values, String assignment, boolean cast) {
    String[] parts = assignment.split("=", 2);
    if (parts.length < 2 || !VARIABLE.matcher(parts[0]).matches()) {
      throw invalid(
          "A variable is set as NAME=VALUE, and its name has letters, digits and _ only.");
    }
    String value = parts[1];
    values.put(
        parts[0],
        cast && value.matches("[+-]?[0-9]{1,100}") ? new BigInteger(value).toString() : value);
  }

  private static ProblemException invalid(String reason) {
    return new ProblemException(ProblemType.INVALID_WORKFLOW, reason);
  }
}
