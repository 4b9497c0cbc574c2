package dev.osmo.sample;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The labels of a workflow, and the selectors of a list, as existing clients write them. */
final class Labels {
  private static final int MAX = 64;

  /** Each one multiplies the work of matching. */
  private static final int MAX_WILDCARDS = 4;

  private static final Pattern NAME =
      Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9_./-]{0,61}[a-zA-Z0-9])?");

  private Labels() {}

  /** Those of the workflow file, replaced by {@code KEY=VALUE} texts of the request. */
  static Map<String, String> of(@Nullable Object ofTheFile, List<String> requested) {
    Map<String, String> labels = new TreeMap<>();
    if (ofTheFile instanceof Map<?, ?> declared) {
      declared.forEach((key, value) -> add(labels, String.valueOf(key), String.valueOf(value)));
    } else if (ofTheFile != null) {
      throw invalid("The workflow's 'labels' must be a mapping of names to values.");
    }
    for (String label : requested) {
      String[] parts = label.split("=", 2);
      if (parts.length < 2) {
        throw invalid("A label must be KEY=VALUE.");
      }
      add(labels, parts[0], parts[1]);
    }
    if (labels.size() > MAX) {
      throw invalid("A workflow can have at most " + MAX + " labels.");
    }
    return labels;
  }

  private static void add(Map<String, String> labels, String key, String value) {
    if (!NAME.matcher(key).matches() || !NAME.matcher(value).matches()) {
      throw invalid("The names and values of labels must match regex ^" + NAME + "$");
    }
    labels.put(key, value);
  }

  /**
   * {@code KEY=SELECTOR} texts: an exact value, {@code *} for any text, or alternatives such as
   * {@code (a|b*)}.
   */
  static Map<String, List<Pattern>> selectors(List<String> texts) {
    Map<String, List<Pattern>> selectors = new LinkedHashMap<>();
    for (String text : texts) {
      String[] parts = text.split("=", 2);
      if (parts.length < 2 || parts[1].isEmpty()) {
        throw Query.badRequest("label must be KEY=SELECTOR.");
      }
      if (parts[1].chars().filter(character -> character == '*').count() > MAX_WILDCARDS) {
        throw Query.badRequest("A selector can have at most " + MAX_WILDCARDS + " wildcards.");
      }
      selectors.merge(
          parts[0],
          List.of(pattern(parts[1])),
          (one, other) -> Stream.concat(one.stream(), other.stream()).toList());
    }
    return selectors;
  }

  private static Pattern pattern(String selector) {
    StringBuilder regex = new StringBuilder();
    Matcher part = Pattern.compile("\\(([^()]*)\\)|\\*|[^*()]+|.").matcher(selector);
    while (part.find()) {
      regex.append(
          part.group(1) == null
              ? literal(part.group())
              : "(?:"
                  + Stream.of(part.group(1).split("\\|", -1))
                      .map(Labels::literal)
                      .collect(Collectors.joining("|"))
                  + ")");
    }
    return Pattern.compile(regex.toString());
  }

  private static String literal(String text) {
    return Stream.of(text.split("\\*", -1))
        .map(Pattern::quote)
        .collect(Collectors.joining("[^\\n]*"));
  }

  private static ProblemException invalid(String reason) {
    return new ProblemException(ProblemType.INVALID_WORKFLOW, reason);
  }
}
