package dev.osmo.token.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The operator's page and the settings: every name, default and sentence. */
class ConfigurationPageTest {

  private static final Path SOURCE =
      Path.of("src/main/java/dev/osmo/token/settings/TokenServiceSettings.java");
  private static final Path PAGE = Path.of("..", "src-docs", "operator", "configuration.rst");
  private static final Pattern PART =
      Pattern.compile(
          "/\\*\\*(?<doc>(?:(?!\\*/).)*)\\*/\\s*"
              + "(?:@WithDefault\\(\"(?<default>[^\"]*)\"\\)\\s*)?"
              + "(?<type>[\\w<>]+) (?<name>\\w+)\\(\\);"
              + "|interface (?<room>\\w+) \\{",
          Pattern.DOTALL);
  private static final Pattern ROW =
      Pattern.compile("   \\* - ``(TOKEN_SERVICE_\\w+)``\\n     - (.*)\\n     - (.*)\\n");

  /** A line of the page. */
  private record Setting(String variable, String usual, String sentence) {}

  @Test
  void every_setting_is_on_the_page_with_its_default_and_its_sentence() throws IOException {
    List<Setting> settings = settings(Files.readString(SOURCE));

    assertThat(settings).hasSizeGreaterThan(10);
    assertThat(rows(Files.readString(PAGE))).containsExactlyInAnyOrderElementsOf(settings);
  }

  private static List<Setting> rows(String page) {
    return ROW.matcher(page)
        .results()
        .map(row -> new Setting(row.group(1), row.group(2), row.group(3)))
        .toList();
  }

  /** The rooms come after the outermost settings, each as an interface of its own. */
  private static List<Setting> settings(String source) {
    List<Setting> settings = new ArrayList<>();
    String prefix = "TOKEN_SERVICE_";
    for (MatchResult part : PART.matcher(source).results().toList()) {
      if (part.group("room") != null) {
        prefix = room(part.group("room"));
      } else if (!isRoom(part, source)) {
        settings.add(setting(prefix, part));
      }
    }
    return settings;
  }

  private static String room(String name) {
    return name.equals("TokenServiceSettings")
        ? "TOKEN_SERVICE_"
        : "TOKEN_SERVICE_" + variable(name) + "_";
  }

  private static boolean isRoom(MatchResult part, String source) {
    return source.contains("interface " + part.group("type") + " {");
  }

  private static Setting setting(String prefix, MatchResult part) {
    String usual = part.group("default");
    String absent = part.group("type").startsWith("Optional") ? "none" : "required";
    return new Setting(
        prefix + variable(part.group("name")),
        usual == null ? absent : usual,
        sentence(part.group("doc")));
  }

  private static String sentence(String javadoc) {
    return javadoc
        .replaceAll("\\n\\s*\\*", " ")
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@code ([^}]*)}", "``$1``")
        .strip();
  }

  private static String variable(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z0-9])([A-Z])", "_$1").toUpperCase(java.util.Locale.ROOT);
  }
}
