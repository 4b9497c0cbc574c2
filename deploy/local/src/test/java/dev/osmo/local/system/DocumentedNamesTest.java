package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests and messages that pages name exist in the sources. */
class DocumentedNamesTest {
  private static final Path DOCS = RunningStack.HOME.resolve("src-docs");
  private static final Pattern TEST_NAME =
      Pattern.compile("``([A-Z][A-Za-z0-9]*[a-z0-9](?:Test|IT|Contract))``");
  private static final Pattern MESSAGE = Pattern.compile("\\*\\*([^*]{12,})\\*\\*");
  private static final Set<String> NO_SOURCES = Set.of("target", "node_modules", ".git");

  @Test
  void every_test_that_a_page_names_exists() throws IOException {
    Set<String> existing =
        sources().stream()
            .map(file -> file.getFileName().toString().replaceFirst("\\.java$", ""))
            .collect(Collectors.toSet());
    List<Path> pages = pages();

    assertThat(pages).hasSizeGreaterThan(60);
    assertThat(named(DOCS.resolve("operator/security.rst"), TEST_NAME)).hasSizeGreaterThan(30);
    for (Path page : pages) {
      assertThat(existing).as(page.toString()).containsAll(named(page, TEST_NAME));
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(DOCS)) {
      return files
          .filter(file -> file.toString().endsWith(".rst"))
          .filter(file -> !file.startsWith(DOCS.resolve("target")))
          .toList();
    }
  }

  @Test
  void every_message_of_the_troubleshooting_page_is_in_a_program() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : sources()) {
      if (file.toString().contains("/src/main/")) {
        text.append(withJoinedLiterals(Files.readString(file)));
      }
    }

    List<String> messages = named(DOCS.resolve("user/troubleshooting.rst"), MESSAGE);

    assertThat(messages).hasSizeGreaterThan(20);
    assertThat(messages)
        .allSatisfy(message -> assertThat(text.indexOf(message)).as(message).isPositive());
  }

  /** A literal that is written as a sum of two is one. */
  private static String withJoinedLiterals(String source) {
    return source.replaceAll("\"\\s*\\+\\s*\"", "");
  }

  private static List<String> named(Path page, Pattern pattern) throws IOException {
    return pattern
        .matcher(Files.readString(page))
        .results()
        .map(DocumentedNamesTest::name)
        .toList();
  }

  private static String name(MatchResult match) {
    return match.group(1);
  }

  private static List<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        RunningStack.HOME,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NO_SOURCES.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java") || file.toString().endsWith(".js")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }
}
