package dev.osmo.exchange.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The operator's table of settings says what the code says. */
class ConfigurationPageTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/osmo/exchange/settings");
  private static final Path PAGE = Path.of("../src-docs/operator/configuration.rst");

  private static final Pattern SETTING =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s+(?:@WithDefault\\(\"([^\"]*)\"\\)\\s+)?([\\w<>]+) (\\w+)\\(\\);",
          Pattern.DOTALL);
  private static final Pattern GROUP =
      Pattern.compile("  interface (\\w+) \\{|public interface (\\w+)Settings \\{");

  private record Row(String variable, String value, String meaning) {}

  @Test
  void the_page_lists_every_setting_with_its_default_and_its_sentence() throws IOException {
    assertThat(rowsOfThePage()).containsExactlyInAnyOrderElementsOf(rowsOfTheCode());
  }

  private static List<Row> rowsOfTheCode() throws IOException {
    try (Stream<Path> sources = Files.list(SOURCES)) {
      return sources
          .map(ConfigurationPageTest::textOf)
          .flatMap(ConfigurationPageTest::rowsOf)
          .toList();
    }
  }

  private static String textOf(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Row> rowsOf(String source) {
    List<MatchResult> groups = GROUP.matcher(source).results().toList();
    return SETTING
        .matcher(source)
        .results()
        .map(setting -> row(setting, groupOf(setting.start(), groups)));
  }

  private static Row row(MatchResult setting, Optional<String> group) {
    String variable =
        "AUTH_EXCHANGE_"
            + group.map(type -> variable(type) + "_").orElse("")
            + variable(setting.group(4));
    return new Row(variable, value(setting), meaning(setting.group(1)));
  }

  private static Optional<String> groupOf(int position, List<MatchResult> groups) {
    return groups.stream()
        .filter(group -> group.start() < position)
        .reduce((first, second) -> second)
        .map(group -> group.group(1) != null ? group.group(1) : group.group(2));
  }

  private static String variable(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }

  private static String value(MatchResult setting) {
    if (setting.group(2) != null) {
      return setting.group(2);
    }
    return setting.group(3).startsWith("Optional") ? "none" : "required";
  }

  private static String meaning(String javadoc) {
    return javadoc
        .replaceAll("\\s*\\n\\s*\\* ?", " ")
        .strip()
        .replaceAll("\\{@code\\s+([^}]*)}", "``$1``");
  }

  private static List<Row> rowsOfThePage() throws IOException {
    String page = Files.readString(PAGE);
    String section = page.substring(page.indexOf("\nauth-exchange-service\n---"));
    List<Row> rows = new ArrayList<>();
    for (String row : section.split("\n   \\* - ", -1)) {
      String[] columns = row.split("\n     - ", -1);
      if (columns[0].startsWith("``AUTH_EXCHANGE_")) {
        rows.add(
            new Row(
                columns[0].replace("`", ""), columns[1], columns[2].split("\n\n", 2)[0].strip()));
      }
    }
    return rows;
  }
}
