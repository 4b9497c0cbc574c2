package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The spelling of the pages, with Debian's British dictionary and the words of {@code
 * src-docs/words.txt}. Generated pages count, too: their texts are those of the services.
 */
class SpellingTest {
  private static final Path DOCS = RunningStack.HOME.resolve("src-docs");
  private static final Path WORDS = DOCS.resolve("words.txt");
  private static final Path README = RunningStack.HOME.resolve("README.md");

  @TempDir Path temp;

  @Test
  void every_word_of_the_pages_is_in_a_dictionary() throws Exception {
    assumeInstalled();
    List<String> found = new ArrayList<>();
    for (Path page : pages()) {
      for (String word : misspelled(Prose.words(Files.readString(page)))) {
        found.add(DOCS.relativize(page) + ": " + word);
      }
    }

    assertThat(found)
        .as("Correct it, or add a term of this project to src-docs/words.txt")
        .isEmpty();
  }

  @Test
  void the_list_of_words_is_sorted_and_has_only_words_that_are_used() throws Exception {
    List<String> words = Files.readAllLines(WORDS);
    TreeSet<String> used = new TreeSet<>();
    for (Path page : pages()) {
      used.addAll(Prose.words(Files.readString(page)));
    }

    assertThat(words).isSorted().doesNotHaveDuplicates();
    assertThat(used).containsAll(words);
  }

  @Test
  void a_misspelled_word_is_found_and_code_is_not_prose() throws Exception {
    assumeInstalled();
    String page =
        """
        A titel
        =======

        Ensure the colour of ``xyzzy`` in :doc:`the recieved page <qwert>`, see https://asdf.example.com/hjkl.

        .. code-block:: console

           $ asdfgh --zxcvb

        Run it::

           qwertz

        .. note::

           The definately wrong word.
        """;

    assertThat(misspelled(Prose.words(page)))
        .containsExactlyInAnyOrder("titel", "recieved", "definately");
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> all = Files.walk(DOCS)) {
      return Stream.concat(
              Stream.of(README),
              all.filter(page -> page.toString().endsWith(".rst"))
                  .filter(page -> !page.startsWith(DOCS.resolve("target"))))
          .sorted()
          .toList();
    }
  }

  private List<String> misspelled(Collection<String> words) throws Exception {
    Path input = Files.write(temp.resolve("words"), words);
    Path output = temp.resolve("misspelled");
    int code =
        Patience.exitOf(
            new ProcessBuilder(
                    "hunspell",
                    "-d",
                    "en_GB",
                    "-i",
                    "UTF-8",
                    "-p",
                    WORDS.toString(),
                    "-l",
                    input.toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    assertThat(code).isZero();
    return Files.readAllLines(output, StandardCharsets.UTF_8);
  }

  private static void assumeInstalled() {
    boolean installed =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "hunspell")));
    assumeTrue(
        installed && Files.exists(Path.of("/usr/share/hunspell/en_GB.dic")),
        "SKIPPED: hunspell and hunspell-en-gb are not installed, so the spelling is not checked");
  }
}
