package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the sources of the documentation. Sphinx warnings and long lines are errors. */
class PagesTest {
  private static final Path README = RunningStack.HOME.resolve("README.md");
  private static final Path DOCS = RunningStack.HOME.resolve("src-docs");
  private static final int MAX_LINE_LENGTH = 120;

  @TempDir Path temp;

  @Test
  void sphinx_builds_every_page_without_a_warning() throws Exception {
    assumeTrue(installed(), "SKIPPED: python3-sphinx is not installed, so the pages are not built");

    assertThat(sphinx(DOCS)).isEmpty();
    assertThat(temp.resolve("html/user/rest.html")).exists();
  }

  @Test
  void a_malformed_table_is_a_warning() throws Exception {
    assumeTrue(installed(), "SKIPPED: python3-sphinx is not installed");
    Path docs = Files.createDirectory(temp.resolve("docs"));
    Files.copy(DOCS.resolve("conf.py"), docs.resolve("conf.py"));
    Files.createDirectory(docs.resolve("_static"));
    Files.createSymbolicLink(docs.resolve("_ext"), DOCS.resolve("_ext").toAbsolutePath());
    Files.writeString(docs.resolve("_static/osmo.css"), "");
    Files.writeString(
        docs.resolve("index.rst"), "Title\n=====\n\n===  ===\nwide   text\n===  ===\n");

    assertThat(sphinx(docs)).contains("index.rst");
  }

  @Test
  void no_line_of_a_source_is_longer_than_120_characters() throws IOException {
    assertThat(longLines(README)).isEmpty();
    assertThat(longLines(DOCS)).isEmpty();
  }

  @Test
  void a_line_of_121_characters_is_too_long() throws IOException {
    Path page = temp.resolve("page.rst");
    Files.writeString(page, "é".repeat(120) + "\n" + "é".repeat(121) + "\n");

    assertThat(longLines(temp)).containsExactly(page + ":2 has 121 characters");
  }

  /** Each line that is too long, in a page or in the pages of a folder. */
  private static List<String> longLines(Path pages) throws IOException {
    try (Stream<Path> files = Files.walk(pages)) {
      List<String> found = new ArrayList<>();
      for (Path page : files.filter(PagesTest::isSource).sorted().toList()) {
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
          int length = lines.get(i).codePointCount(0, lines.get(i).length());
          if (length > MAX_LINE_LENGTH) {
            found.add("%s:%d has %d characters".formatted(page, i + 1, length));
          }
        }
      }
      return found;
    }
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".rst") || file.toString().endsWith(".md");
  }

  private static boolean installed() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "sphinx-build")));
  }

  /** The warnings and errors of a build; empty when there are none. */
  private String sphinx(Path docs) throws IOException {
    Path output = temp.resolve("output");
    Process build =
        new ProcessBuilder(
                "sphinx-build",
                "-nWEq",
                "--keep-going",
                "-d",
                temp.resolve("doctrees").toString(),
                docs.toString(),
                temp.resolve("html").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = Patience.exitOf(build);
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(code == 0).as(text).isEqualTo(text.isEmpty());
    return text;
  }
}
