package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documentation is built as its readers get it: a broken table or link is an error. */
class PagesTest {
  private static final Path DOCS = RunningStack.HOME.resolve("src-docs");

  @TempDir Path temp;

  @Test
  void sphinx_builds_every_page_without_a_warning() throws Exception {
    assumeTrue(
        installed(), "NO SPHINX: python3-sphinx is not installed, so the pages are NOT BUILT");

    assertThat(sphinx(DOCS)).isEmpty();
    assertThat(temp.resolve("html/user/rest.html")).exists();
  }

  @Test
  void a_broken_table_is_a_warning() throws Exception {
    assumeTrue(installed(), "NO SPHINX: python3-sphinx is not installed");
    Path docs = Files.createDirectory(temp.resolve("docs"));
    Files.copy(DOCS.resolve("conf.py"), docs.resolve("conf.py"));
    Files.writeString(
        docs.resolve("index.rst"), "Title\n=====\n\n===  ===\nwide   text\n===  ===\n");

    assertThat(sphinx(docs)).contains("index.rst");
  }

  private static boolean installed() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "sphinx-build")));
  }

  /** What Sphinx has to say: nothing, when all is well. */
  private String sphinx(Path docs) throws IOException, InterruptedException {
    Path said = temp.resolve("said");
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
            .redirectOutput(said.toFile())
            .start();
    int code = build.waitFor();
    String text = Files.readString(said, StandardCharsets.UTF_8);
    assertThat(code == 0).as(text).isEqualTo(text.isEmpty());
    return text;
  }
}
