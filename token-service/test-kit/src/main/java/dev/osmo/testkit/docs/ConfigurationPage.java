package dev.osmo.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.contracts.Repository;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the operator's table of settings with the code: each setting's environment variable, its
 * default, and its Javadoc. Line breaks and indentation do not matter.
 */
public final class ConfigurationPage {

  private static final Path PAGE = Repository.path("src-docs/operator/configuration.rst");
  private static final Pattern ROW =
      Pattern.compile(
          "^   \\* - ``(?<variable>\\w+)``\\n     - (?<value>.*)\\n"
              + "     - (?<meaning>.*(?:\\n       \\S.*)*)$",
          Pattern.MULTILINE);

  /** The Javadoc of a method, up to the method's name. */
  private static final String JAVADOC =
      "/\\*\\*(?<doc>(?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s+)*[\\w<>, ]+\\s";

  private final List<Path> sources;

  /**
   * Reads Javadoc from these folders.
   *
   * @param sources the folders of Java sources, from the root of the checkout
   */
  public ConfigurationPage(String... sources) {
    this.sources = Stream.of(sources).map(Repository::path).toList();
  }

  /**
   * Compares the page's rows with the settings of a mapping.
   *
   * @param mapping an interface with {@link ConfigMapping}
   * @throws AssertionError if they differ; the message shows the rows that the page needs
   */
  public void check(Class<?> mapping) {
    String prefix = variable(mapping.getAnnotation(ConfigMapping.class).prefix()) + "_";
    List<Setting> settings = settings(mapping, prefix).toList();
    assertThat(rows(text(PAGE), prefix))
        .as(
            "rows that %s needs:%n%s",
            PAGE.getFileName(), settings.stream().map(Setting::row).collect(Collectors.joining()))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(settings);
  }

  /** The rows of a page whose variables have this prefix. */
  static List<Setting> rows(String page, String prefix) {
    return ROW.matcher(page)
        .results()
        .filter(row -> row.group("variable").startsWith(prefix))
        .map(
            row ->
                new Setting(
                    row.group("variable"), row.group("value"), singleSpaced(row.group("meaning"))))
        .toList();
  }

  /** The settings of a mapping or of one of its groups, in the order of their names. */
  Stream<Setting> settings(Class<?> group, String prefix) {
    return Stream.of(group.getMethods())
        .sorted((one, other) -> one.getName().compareTo(other.getName()))
        .flatMap(method -> settings(method, prefix + variable(kebab(method.getName()))));
  }

  private Stream<Setting> settings(Method method, String name) {
    return isGroup(method.getReturnType())
        ? settings(method.getReturnType(), name + "_")
        : Stream.of(new Setting(name, value(method), meaning(method)));
  }

  private static boolean isGroup(Class<?> type) {
    return type.isInterface() && type.getName().startsWith("dev.osmo.");
  }

  private static String value(Method method) {
    WithDefault value = method.getAnnotation(WithDefault.class);
    if (value != null) {
      return value.value();
    }
    return method.getReturnType() == Optional.class ? "none" : "required";
  }

  private String meaning(Method method) {
    Class<?> group = method.getDeclaringClass();
    String source = text(sourceOf(group));
    int start = source.indexOf("interface " + group.getSimpleName() + " {");
    Matcher found =
        Pattern.compile(JAVADOC + method.getName() + "\\(\\);", Pattern.DOTALL).matcher(source);
    if (start < 0 || !found.find(start)) {
      throw new AssertionError(method + " needs a Javadoc sentence");
    }
    return singleSpaced(found.group("doc").replaceAll("\\n\\s*\\*", " "))
        .replaceAll("\\{@code ([^}]*)}", "``$1``");
  }

  private Path sourceOf(Class<?> group) {
    String file = group.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java";
    return sources.stream()
        .map(folder -> folder.resolve(file))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no source of " + group));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String singleSpaced(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static String kebab(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-");
  }

  private static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
  }
}
