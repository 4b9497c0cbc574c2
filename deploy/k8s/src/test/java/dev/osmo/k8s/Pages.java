package dev.osmo.k8s;

import dev.osmo.testkit.contracts.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the operator's pages say about the applications. Tests of each service hold those pages
 * equal to its code.
 */
final class Pages {
  static final String CONFIGURATION = "src-docs/operator/configuration.rst";
  static final String KEYS = "src-docs/operator/keys-and-limits.rst";
  static final String INSTALLING = "src-docs/operator/installing.rst";
  static final String KUBERNETES = "src-docs/operator/kubernetes.rst";
  static final String MONITORING = "src-docs/operator/watching.rst";

  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\b(?:TOKEN_SERVICE|AUTH_EXCHANGE|QUARKUS|SMALLRYE|OSMO)_[A-Z0-9_]*[A-Z0-9]");
  private static final Pattern REQUIRED = Pattern.compile("\\* - ``(\\w+)``\\n     - required\\n");
  private static final Pattern METRIC = Pattern.compile("\\b(?:osmo|sql)_[a-z0-9_]*[a-z0-9]");

  private Pages() {}

  static String text(String page) {
    try {
      return Files.readString(Repository.path(page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first literal block below a title. */
  static String block(String page, String title) {
    String below = text(page).split("\n" + title + "\n", 2)[1];
    return below
        .split("::\n\n", 2)[1]
        .lines()
        .takeWhile(line -> line.isEmpty() || line.startsWith(" "))
        .collect(Collectors.joining("\n"))
        .stripTrailing()
        .stripIndent();
  }

  static Set<String> variables(String... pages) {
    return all(VARIABLE, pages);
  }

  static Set<String> metrics() {
    return all(METRIC, KEYS, MONITORING);
  }

  /** The variables with this prefix that have no default. */
  static Set<String> required(String prefix) {
    return REQUIRED
        .matcher(text(CONFIGURATION))
        .results()
        .map(row -> row.group(1))
        .filter(name -> name.startsWith(prefix))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> all(Pattern pattern, String... pages) {
    Set<String> found = new TreeSet<>();
    for (String page : pages) {
      pattern.matcher(text(page)).results().forEach(match -> found.add(match.group()));
    }
    return found;
  }
}
