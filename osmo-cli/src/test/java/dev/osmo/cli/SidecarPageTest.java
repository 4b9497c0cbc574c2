package dev.osmo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about the sidecar names what it answers and counts. */
class SidecarPageTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/osmo/cli");
  private static final Path PAGE = Path.of("../src-docs/user/sidecar.rst");
  private static final Pattern PROBLEM = Pattern.compile("problem\\(\\s*[^,]+,\\s*\"([a-z-]+)\"");
  private static final Pattern METRIC = Pattern.compile("\"(osmo_sidecar_[a-z_]+)");

  @Test
  void it_lists_each_problem() throws IOException {
    assertThat(named(PROBLEM)).hasSizeGreaterThan(10).allSatisfy(SidecarPageTest::isOnThePage);
  }

  @Test
  void it_lists_each_metric() throws IOException {
    assertThat(named(METRIC)).hasSizeGreaterThan(5).allSatisfy(SidecarPageTest::isOnThePage);
  }

  private static void isOnThePage(String name) {
    assertThat(Contracts.text(PAGE)).contains("``" + name + "``");
  }

  private static Set<String> named(Pattern pattern) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String room : new String[] {"authproxy", "listen", "renewal", "sidecar"}) {
      try (Stream<Path> sources = Files.list(SOURCES.resolve(room))) {
        sources
            .flatMap(source -> pattern.matcher(Contracts.text(source)).results())
            .map((MatchResult found) -> found.group(1))
            .forEach(names::add);
      }
    }
    return names;
  }
}
