package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.local.process.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every example of the documentation in a shell against a running stack and compares the
 * outputs. The tests run in order; the last one stops the stack.
 */
@TestMethodOrder(OrderAnnotation.class)
class DocumentationIT {
  private static final Path DOCS = RunningStack.HOME.resolve("src-docs");
  private static final Path README = RunningStack.HOME.resolve("README.md");

  /**
   * Each page leaves the tokens that it began with. The first one copies the token files that the
   * others read.
   */
  private static final List<String> PAGES =
      List.of(
          "user/access_tokens.rst",
          "index.rst",
          "user/rest.rst",
          "user/cli.rst",
          "user/oauth.rst",
          "user/contexts.rst",
          "user/onboarding.rst",
          "user/ci.rst",
          "user/verify.rst");

  @TempDir static Path home;

  private static RunningStack stack;
  private static PageShell shell;

  @BeforeAll
  static void start() throws IOException {
    stack =
        RunningStack.launch(
                home.resolve(".local/share/osmo"),
                FreePorts.find(1).getFirst(),
                "--audience",
                "reports")
            .awaitReady();
    shell = new PageShell(home, stack.url());
    Files.copy(
        RunningStack.HOME.resolve("deploy/local/my-workflow.yaml"),
        home.resolve("my-workflow.yaml"));
  }

  @AfterAll
  static void stop() throws Exception {
    stack.signal("TERM");
    stack.awaitExit();
  }

  @Test
  @Order(1)
  void the_readme_works_as_printed() throws Exception {
    List<PageExample> examples =
        PageExample.of(Files.readString(README)).stream()
            .filter(example -> !example.command().equals("deploy/local/up"))
            .toList();

    List<String> outputs = shell.withoutOsmo().run(RunningStack.HOME, examples);

    assertThat(outputs).anyMatch(output -> output.contains("| My first token"));
    assertThat(outputs.getLast()).contains("Access token hello-token deleted");
  }

  @Test
  @Order(2)
  void every_page_works_as_printed() throws Exception {
    for (String page : PAGES) {
      List<PageExample> examples =
          PageExample.of(shell.replaced(Files.readString(DOCS.resolve(page))));

      List<String> outputs = shell.run(home, examples);

      SoftAssertions.assertSoftly(
          all -> {
            for (int i = 0; i < examples.size(); i++) {
              all.assertThat(outputs.get(i))
                  .as("%s: %s", page, examples.get(i).command())
                  .matches(examples.get(i).expected());
            }
          });
    }
  }

  @Test
  @Order(3)
  void ctrl_c_leaves_no_process() throws Exception {
    List<ProcessHandle> children = stack.children();

    stack.signal("INT");
    stack.awaitExit();

    assertThat(stack.output()).contains("Stopped all processes.");
    assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    assertThat(stack.children()).as("what the next start would find").isEmpty();
  }

  @Test
  void no_page_with_examples_is_left_out() throws IOException {
    try (Stream<Path> pages = Files.walk(DOCS)) {
      assertThat(
              pages
                  .filter(page -> page.toString().endsWith(".rst"))
                  .filter(page -> !PageExample.of(read(page)).isEmpty())
                  .map(page -> DOCS.relativize(page).toString()))
          .containsExactlyInAnyOrderElementsOf(PAGES);
    }
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
